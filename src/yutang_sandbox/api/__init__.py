"""The calls, a module for each family. Importing them fills `call.ROUTES`."""

from importlib import import_module

FAMILIES = (
    "acquisition",
    "albums",
    "archive",
    "contacts",
    "customers",
    "groups",
    "joining",
    "kf",
    "mass",
    "media",
    "messages",
    "moments",
    "oauth",
    "statistics",
    "tags",
    "transfers",
    "ways",
    "welcome",
)


def open_all() -> None:
    """Make every call known."""
    for family in FAMILIES:
        import_module(f"yutang_sandbox.api.{family}")
