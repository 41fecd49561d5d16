"""The mailbox that the demonstration company receives: `letters` are the messages, `papers` what they carry as
business content, `pages` draws them, `einvoices` writes them as XML, `faults` spoils files."""
