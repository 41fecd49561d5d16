"""Labelled documents on their way to training: `record` is one of them."""
