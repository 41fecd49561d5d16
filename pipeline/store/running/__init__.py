"""What the durable engine runs on: `attempts` tries a step again, `engine_database` is DBOS's own database,
`worker_lock` keeps a second worker out.
"""
