"""The network and what it sees.

`words` says what the letters of a word tell, `neighbours` what stands beside it, `features` is both for a document;
`windows` cuts long documents, `examples` and `batches` make tensors, `network` is the model, `tagging` asks it.
"""
