"""One concept a module; each check takes a `Case` and yields findings.

`confidence` (kind, required and unsure fields), `arithmetic` and `tax` (sums), `dates`, `identifiers`, `sender`,
`supplier`, `addressee`, `duplicates`, `purchase_order` (bills), `customer_order`, `approval`.
"""
