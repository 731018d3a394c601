"""Typed reading of environment variables; `NAME_FILE` reads a secret from a file."""

import os
from pathlib import Path

__all__ = ["boolean", "integer", "secret", "text"]


def text(name: str, default: str = "") -> str:
    """Return the variable, or the default where it is unset or empty."""
    return os.environ.get(name) or default


def integer(name: str, default: int) -> int:
    """Return the variable as a whole number."""
    written = text(name)
    if not written:
        return default
    try:
        return int(written)
    except ValueError:
        raise SystemExit(f"{name}={written!r} is not a whole number.") from None


def boolean(name: str, *, default: bool) -> bool:
    """Return the variable as yes or no: 1, true, yes, on."""
    written = text(name)
    return written.lower() in {"1", "true", "yes", "on"} if written else default


def secret(name: str, default: str = "") -> str:
    """Return the variable, or the content of the file that `NAME_FILE` names."""
    file = text(f"{name}_FILE")
    return Path(file).read_text("utf-8").strip() if file else text(name, default)
