"""Line items.

`table` finds the tables · `rows` (with `row_labels`) their rows · `items` (with `descriptions`, `line_arithmetic`,
`line_fields`) what a row says · `unheaded_rows` and `order_lines` lists without headings.
"""
