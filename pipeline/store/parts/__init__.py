"""The parts of the store, one concept each; `rows` has the selects they share and turns rows into records."""
