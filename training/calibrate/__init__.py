"""How far decoded values can be trusted: `python -m training.calibrate ROWS.jsonl --out FOLDER`.

`rows` are judged values, `weights` make every group count alike, `fit` makes a calibration of rows, `folds` the
probabilities of rows that had no part in it, `maps` straighten them. `reliability` says how true the probabilities are,
`learn_then_test` derives the thresholds, `plots` draws, `report` puts it all together.
"""
