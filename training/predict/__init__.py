"""Labelled documents read by a model or by rules: what it said of each, and what spoke for every value.

`documents` where labelled documents come from · `reader` who reads · `judging` which values are right · `stage` all of
it into files that `training.evaluate` and `training.calibrate` take.
"""
