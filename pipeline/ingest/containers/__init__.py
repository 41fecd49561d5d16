"""Files that hold files, opened within `limits`: multipart and forwarded messages, zip `archives`, `tnef`."""
