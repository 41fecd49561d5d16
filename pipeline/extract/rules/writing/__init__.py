"""How a document writes: folded text, word lists, language, currency, number and date conventions, units."""
