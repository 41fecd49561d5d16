"""The columns of tables.

`column_headings` (with `heading_roles`, `heading_terms`) what heads them · `cells` and `columns` where they stand ·
`column_roles` what their numbers say against the headings.
"""
