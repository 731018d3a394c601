"""Logs: one JSON object per line on standard error, without anybody's data in it.

Our own lines say ids, counts and durations. What others log and what exceptions say may quote a row
(a telephone number in a key that was taken, a text that was not a number), so that messages of
exceptions are left out: the type, and where it happened, are enough to find it.
"""

import io
import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO, cast

import structlog
from ninja.errors import ConfigError

__all__ = ["configure", "set_up_logs", "without_messages"]

# Their messages speak of the program, not of data.
_ABOUT_CODE = (TypeError, AttributeError, NameError, ImportError, ConfigError)
Line = MutableMapping[str, Any]


class _StandardError(io.TextIOBase):
    """Whatever standard error is at the moment: whoever redirects it gets the lines."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def set_up_logs(level: int = logging.INFO) -> None:
    """Send every log line of this process to standard error as JSON."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_messages,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(ensure_ascii=False)],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=cast("TextIO", _StandardError())),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(_StandardError())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)  # what libraries say of their own accord
    logging.getLogger("django.request").setLevel(logging.CRITICAL)  # the request log is ours


def configure(_settings: object) -> None:
    """Set logs up wherever Django is (settings.LOGGING_CONFIG): commands and tests too."""
    set_up_logs()


def without_messages(_logger: object, _method: str, line: Line) -> Line:
    """Replace an exception by its type and where it happened, and those that caused it."""
    raised = line.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()
    if isinstance(raised, tuple):
        raised = raised[1]
    if isinstance(raised, BaseException):
        line["exception"] = list(_chain(raised))
    return line


def _chain(raised: BaseException | None) -> list[dict[str, object]]:
    told: list[dict[str, object]] = []
    while raised is not None and len(told) < 5:
        frames = traceback.extract_tb(raised.__traceback__)[-20:]
        kind = type(raised)
        said = {"message": str(raised)[:300]} if isinstance(raised, _ABOUT_CODE) else {}
        told.append(
            {
                "type": f"{kind.__module__}.{kind.__qualname__}",
                "at": [f"{each.filename}:{each.lineno} {each.name}" for each in frames],
                **said,
            }
        )
        raised = raised.__cause__ or (None if raised.__suppress_context__ else raised.__context__)
    return told
