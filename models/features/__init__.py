"""What the model sees of a document, the same in training and serving.

`words` says what the letters of a word tell, `lexicon` which pieces a pretrained vocabulary cuts it into, `texts` is
both for every distinct word, `neighbours` what stands beside it; `features` is a whole document, `windows` cuts long
ones, and `batches` lays windows side by side.
"""
