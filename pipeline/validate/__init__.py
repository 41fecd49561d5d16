"""Checks: pure functions of what was read, what the ERP knows, the policy and the day; they give findings.

`lookup` asks the ERP (the one module that does), `facts` is what it brings back, `earlier` words other documents of our
store as facts, `case` all that a check may look at,
`checks` holds one module per concept, `matching` what they compare with. `validate` runs them all, `decide` turns
findings into a route.
"""
