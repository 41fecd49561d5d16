"""The product: ingest → extract → validate → post.

`domain` holds the frozen types everything speaks in, `ports` the interfaces to the outside, `errors` the one
error tree. `ingest`, `extract`, `validate` and `post` are one step each; `adapters` has one module per
vendor; `store` the tables; `flow` the whole process on one screen; `bootstrap` wires it; `cli` is the `bilag` command.
"""
