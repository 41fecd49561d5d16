"""From a raw message to files worth reading: `parse` takes mail as it really comes, `filters` says what to leave."""
