"""The program's log: one event a line on the error stream, readable on a terminal, JSON everywhere else."""

import logging
import sys
from enum import StrEnum

import structlog


class Level(StrEnum):
    """How much is logged; `debug` adds every call to the ERP."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def log_to_stderr(level: Level) -> None:
    """Send what is logged to the error stream, with UTC times and the fields that an event carries."""
    fields: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    lines: structlog.types.Processor = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=fields,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, lines],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.value.upper())
    for chatty in ("httpx", "httpcore", "dbos", "alembic", "RapidOCR"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
