"""The stage `pretrain`: a new model learns from pages themselves, without labels, what `training.train` goes on from.

`settings` how · `masking` which words are hidden or taken from their place · `heads` what guesses them, thrown away
after · `losses` what is learnt. The loop, its checkpoints and its command line are those of `training.train`.
"""
