"""The report: `page` holds its chapters, `worst` that of the worst documents, drawn by `drawing`.

`charts` makes plots, `cells` figures and tables, `style` says how they look.
"""
