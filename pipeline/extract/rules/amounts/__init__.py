"""Totals and tax: `captions` (with `caption_words`) and `summary` find the amounts, arithmetic in `totals` decides."""
