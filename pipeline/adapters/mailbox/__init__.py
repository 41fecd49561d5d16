"""Mailboxes: a `folder` of .eml files, `maildir`, `mbox` and `imap`; `outcomes` is the sidecar of the first three."""
