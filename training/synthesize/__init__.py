"""Generates labelled documents: `python -m training.synthesize --count N --seed S --out DIR`.

`content` decides what a document says, `locales` how a language and a country say it, `layout` how it looks, in typst;
`render` sets it, `labelling` gives every word its tag, `generate` does all of it for one seed. `prove` checks that the
labelled words say the values they were made from; `variety` counts what differs.
"""
