"""What each step of the flow does: `intake` takes messages in and answers the mailbox, `reading` turns files into
extractions, `booking` judges and books documents, `closing` ends a message; `bench` is what they share, `parsing` a
message taken apart, `approval` what judging hands to posting, `summary` the outcome that documents add up to.

A step may run twice. It takes keys, and leaves its results in the store.
"""
