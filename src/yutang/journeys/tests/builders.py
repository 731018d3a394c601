"""Graphs in few words, for tests: the sugar of JSON, none of the rules."""

from typing import Any

__all__ = ["action", "days", "event", "graph", "minutes", "wait"]

Json = dict[str, Any]


def days(amount: int) -> Json:
    return {"amount": amount, "unit": "day"}


def minutes(amount: int) -> Json:
    return {"amount": amount, "unit": "minute"}


def event(*types: str, where: list[Json] | None = None, **more: Any) -> Json:
    return {"types": list(types), **({"where": where} if where else {}), **more}


def wait(amount: int = 1, to: str | None = None) -> Json:
    return {"kind": "wait", "for": days(amount), "next": to}


def action(do: str = "tags.tag", to: str | None = None, **given: Any) -> Json:
    settings = {key: given.pop(key) for key in ("on_error", "tries") if key in given}
    return {"kind": "action", "do": do, "with": given, "next": to, **settings}


def graph(nodes: dict[str, Json], *, entry: Json | None = None, **more: Any) -> Json:
    """Return a graph that begins with the first of its nodes and is entered by hand."""
    return {
        "entry": entry or {"kind": "manual"},
        "start": next(iter(nodes), "n1"),
        "nodes": nodes,
        **more,
    }
