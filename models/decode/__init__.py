"""From the chances of words to fields and lines: the most probable assignment that is consistent.

`words` finds words by place · `spans` puts tagged words together · `values` normalises what is printed · `options`
gathers for every field the values that tags and rules offer · `weighing` says how much speaks for each · `totals`,
`parties` and `header` choose together · `rows` makes line items · `decode` is the entrance.
"""
