"""The stage `train`: from labelled documents and a base (or an earlier release) to a model.

`settings` how · `examples` documents as numbers · `lots` which windows a step takes · `losses` what is learnt ·
`checkpoint` what survives a cut · `fit` the loop.
"""
