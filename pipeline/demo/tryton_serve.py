"""Runs `trytond` as long as the process that started it lives; run as a program, standard input is the leash."""

import os
import sys
import threading


def main() -> None:
    """Serve with the arguments of `trytond`; end at once when standard input is closed, even by a crash."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from trytond.cli import main as serve

    serve()


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
