"""Field extractors: `rules`, the baseline that needs no model."""
