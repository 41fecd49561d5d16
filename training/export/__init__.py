"""The stage `export`: from a trained model to the files that serving reads.

`graph` the network as ONNX · `integers` its products in 8-bit integers · `tables` what words look up · `start` weights
to train on from · `stage` all of them in a release folder.
"""
