"""Field extractors: `model`, the released one, `rules`, the baseline that needs none, and `remote`, which asks the
extraction service (`words` is what it sends, `failures` what may come back, `circuit` spares a service that is away);
`choice` makes any of them."""
