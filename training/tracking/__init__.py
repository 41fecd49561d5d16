"""What is kept of every run, in MLflow: `run` follows one stage, `versions` says of what code and data.

`place` where it is kept · `opening` how a run begins · `pending` what waits while the server does not answer ·
`measured` how a release was measured · `registry` versions of the model, and which of them is champion.
"""
