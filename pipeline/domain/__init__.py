"""Frozen types of the business, standard library only: nothing here knows a vendor, a file format or a database.

`vocabulary` names the fields (EN 16931), `money` and `dates` read printed values, `folding` and `legal_forms` make
words and company names comparable, `mail` and `document` are what comes in, `extraction` is what was read, `figures`,
`totals` and `billing` its numbers as they can be booked, `finding` and `decision` what was concluded, `entry` what is
to be booked, `record` what the ERP knows, `policy` the business limits, `correction` what a reviewer said, `contract`
the JSON form.
"""
