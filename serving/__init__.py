"""The extraction service: one HTTP call from a file, or from its words, to its fields, hosted by BentoML.

`app` is what `bentoml serve` loads and `service` puts it together; `gate` lets requests in, `upload` takes them apart,
`turns` are what they wait for, `reception` has them answered: `understand` reads a file, `predict` words, `answer` says
what goes back; `champion` reads with the release that an alias of a registry stands for (`registry` asks it, `kept`
keeps releases); `warmup` proves that reading works before the service is ready; `meters` counts, `interface` is the
OpenAPI description, `settings` the environment, `parent` ends a worker that was left alone.
"""
