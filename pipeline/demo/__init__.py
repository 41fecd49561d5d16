"""A throw-away company to try Bilag on: `company` is who it is and what it ordered, `mailbox` the messages it gets,
`tryton` its ERP, `run` the whole demonstration."""
