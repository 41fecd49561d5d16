"""The `bilag` command: `app` puts it together, `extract` reads files, `workspace` sets one up, `operate` runs and asks,
`decide` acts on one document, `demo` shows it all, `tables` draws what people look at, `log` is the program's
log.

Exit codes: 0 done · 1 unexpected · 2 wrong usage · 3 settings · 4 stored data contradicts itself · 5 disk or memory
full · 6 something outside does not answer · 7 credentials refused · 8 refused by the other side · 10 some documents
failed.
"""

from pipeline.cli.app import main

__all__ = ["main"]
