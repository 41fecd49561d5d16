"""The quick model that judges the generator: trained only on generated documents, read on real ones.

`model` is the network, `fields` makes values of its tags; `train` fits it, `storage` keeps it, `read` reads files with
it. `round` generates, trains, reads and scores; `chapter` and `mistakes` write that down.
"""
