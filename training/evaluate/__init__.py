"""Evaluating a model on labelled documents: how right it is, how far it knows, and where it fails.

`answers` reads predictions with their labels, `verdicts` says which given values are right (by `training.scoring`),
`sample` adds up per layout group, `calibration` holds confidences against truth, `measures` names every figure,
`bootstrap` gives intervals, `evaluation` brings all together. `metrics` writes JSON, `report/` the page. `agreement`
counts what each of two extractors gets right alone, `confusion` what is taken for what.
"""
