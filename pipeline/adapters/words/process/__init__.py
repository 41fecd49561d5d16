"""The other side of the sandbox: `worker` is the process that parses files, `wire` the messages to and from it."""
