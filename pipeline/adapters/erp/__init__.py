"""ERPs: `memory` is the one that tests and trials use; `tryton` books in Tryton 8.2 over JSON-RPC.

Of the latter, `tryton_rpc` speaks the protocol and translates errors, `tryton_master` reads parties, products and
orders, `tryton_bills` (with `tryton_lines` and `tryton_taxes`) and `tryton_sales` book, read back and roll back, and
`tryton_marks` keeps the document's key with the record. `pricing` knows no vendor; `memory_company` is
what a company has to say of itself to be kept in memory.
"""
