"""Run by Alembic, on the connection and transaction that `pipeline.store.migrate.upgrade` hands over."""

from alembic import context

from pipeline.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
