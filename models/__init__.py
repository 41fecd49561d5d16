"""The extraction model: `label_scheme` names what a word can be."""
