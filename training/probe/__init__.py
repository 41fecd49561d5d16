"""The quick model that judges the generator: trained only on generated documents, read on real ones.

`features` says what a word is to the model, `neighbours` what stands beside it, `windows` cuts long documents,
`batches` makes tensors, `network` is the model and `tagging` asks it; `train` fits it, `spans`, `values`, `header`
and `rows` turn its tags into fields, `extract` is the whole reader. `corpus` generates, `round` does all of it and
writes the figures down.
"""
