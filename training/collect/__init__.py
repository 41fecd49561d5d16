"""Real documents become labelled ones: `python -m training.collect` reads the shared labels and every e-invoice.

`facts` are the values somebody stated of a document, `align` finds them on its pages, `make` builds the labelled
document; `labels`, `archive` and `corrections` are three doors that all lead there: labels by hand, e-invoices of an
operator's own archive, reviewers' corrections. `licences` says which of it may train a released model, `told` keeps
what became of every value and file, `measure` how well alignment does where the truth is known.
"""
