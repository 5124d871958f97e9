"""The log: one JSON object per line on standard error, without personal data and without secrets.

Of what libraries log, only the message's pattern is kept: its values may be addresses, names or cells. Of an error its
type and places are kept, not its words: a database says the value that it refuses.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import Any

import structlog
from django.db import OperationalError

OURS = "hostcity"
#: Errors whose words say nothing of anybody: of connections, tables and modules.
SPEAKS_OF_NOBODY = (OperationalError, ImportError)


def settings_of_logs(*, is_quiet: bool) -> dict[str, Any]:
    """Django's LOGGING; quiet = nothing below a warning."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "hostcity.site.operations.logs.json_formatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            OURS: {"level": "WARNING" if is_quiet else "INFO"},
            "django": {"handlers": [], "level": "WARNING"},
            "django.request": {"level": "ERROR"},  # what was not found or not allowed is in the request's own line
            "django.server": {"handlers": [], "propagate": True},
        },
    }


def json_formatter() -> logging.Formatter:
    """Makes a line of JSON of every record."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars, structlog.stdlib.add_logger_name, structlog.stdlib.add_log_level,
        ],
        processors=[
            pattern_only,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            error_places,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=lambda value: type(value).__name__),
        ],
    )  # fmt: skip


def configure() -> None:
    """Let structlog write through the standard library's handlers."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def pattern_only(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Of a library's record, the pattern without its values."""
    record = event.get("_record")
    if record is not None and not event.get("_from_structlog") and not record.name.startswith(OURS):
        event["event"] = str(record.msg)
    return event


def error_places(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """An error as its type and the places where it passed."""
    info = event.pop("exc_info", None)
    event.pop("stack_info", None)
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"] = f"{type(error).__module__}.{type(error).__qualname__}"
        if isinstance(error, SPEAKS_OF_NOBODY):
            event["said"] = str(error).partition("\n")[0]
        event["places"] = [
            f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)[-12:]
        ]
    return event
