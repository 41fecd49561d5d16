"""The stage `train`: from labelled documents and a base, a pre-trained model or an earlier release to a model.

`settings` how · `examples` documents as numbers · `lots` which windows a step takes · `goal` what the loop asks of that
which is learnt · `losses` learning from labels · `checkpoint` what survives a cut · `fit` the loop · `stage` all of it,
`command` from the command line; `training.pretrain` shares both.
"""
