"""Tags become fields: `spans` puts words together, `values` normalises them, `header` and `rows` place them,
`extractor` is the whole reader."""
