"""Truth for every word: `annotations` finds the marks in the PDF, `tagging` gives the words under them their tags."""
