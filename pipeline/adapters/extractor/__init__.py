"""Field extractors: `model`, the released one, and `rules`, the baseline that needs none; `choice` makes either."""
