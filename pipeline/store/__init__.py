"""What Bilag remembers: tables, migrations, the audit chain and the durable engine.

`database` opens SQLite or PostgreSQL, `tables` names what is kept, `migrate` brings a database up to date, `audit` is
the hash-chained log, `ledger` a write and its audit row in one transaction, `store` everything that is remembered,
made of `parts`, `records` what it answers with, `text` what a database can keep.
`engine` says what durable work is; `durable` does it on DBOS with what is in `running`, `inline` in memory for tests.
"""
