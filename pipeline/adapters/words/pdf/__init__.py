"""PDF files: `opening` copes with encryption and damage, `text_layer` reads words, `embedded` finds the e-invoice."""
