"""From values to words: where on the page each stated value stands, and what must stay unlabelled.

`paper` lays the words out, `reading` compares words with values, `occurrences` finds every place of a value, `evidence`
says how likely a place is the field's own, `choice` decides over all fields at once, `items` and `taxes` do the same
for rows, `geometry` for the columns of a table, `unsure` names the words that training must not look at, `alignment`
is the way in.
"""

from training.collect.align.alignment import Alignment, Fate, align, span_and_row

__all__ = ["Alignment", "Fate", "align", "span_and_row"]
