"""One module per vendor behind the ports: `mailbox`, `archive`, `words`, `extractor`, `erp`."""
