"""From words to fields: `einvoice` reads XML natively, `rules` finds fields on a page, `textlines` groups words,
`split` tells where one document ends and the next begins, `once` keeps values that were worked out."""
