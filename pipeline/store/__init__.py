"""What Bilag remembers: tables, migrations, the audit chain and the durable engine."""
