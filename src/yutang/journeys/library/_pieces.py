"""Graphs in few words: what the ready journeys are put together from."""

from typing import Any

from yutang.kit.i18n import Text

__all__ = [
    "all_of", "attribute", "audience_of", "branch", "did", "end", "graph", "lasting", "on", "pause",
    "send", "still", "task", "until", "until_date", "until_time",
]  # fmt: skip

Json = dict[str, Any]


def lasting(amount: int, unit: str = "day") -> Json:
    """Return a length of time."""
    return {"amount": amount, "unit": unit}


def graph(entry: Json, nodes: Json, **more: Any) -> Json:
    """Return a graph that begins with the first of its nodes."""
    return {"entry": entry, "start": next(iter(nodes)), "nodes": nodes, **more}


def on(*types: str, **more: Any) -> Json:
    """Return an entry by what somebody does."""
    return {"kind": "event", "types": list(types), **more}


def audience_of(condition: Json, **when: Any) -> Json:
    """Return an entry by schedule of whom a condition chooses."""
    return {"kind": "schedule", "condition": condition, **when}


def send(copy: str, to: str | None = None) -> Json:
    """Return a node that sends one of the journey's messages."""
    return {"kind": "action", "do": "reach.send", "with": {"message": {"copy": copy}}, "next": to}


def task(title: Text, to: str | None = None) -> Json:
    """Return a node that asks a colleague to do something."""
    return {"kind": "action", "do": "journeys.task", "with": {"title": title}, "next": to}


def pause(amount: int, unit: str, to: str, **more: Any) -> Json:
    """Return a wait of so long, or of as much as is her own by an `attribute` or a `rhythm`."""
    return {"kind": "wait", "for": lasting(amount, unit), "next": to, **more}


def until_time(at: str, to: str, *, after: int = 0, **more: Any) -> Json:
    """Return a wait until a time of day, so many days from now."""
    later = {"after": lasting(after)} if after else {}
    return {"kind": "wait_time", "at": at, "next": to, **later, **more}


def until_date(attribute: str, to: str, **more: Any) -> Json:
    """Return a wait until a date of hers."""
    return {"kind": "wait_date", "attribute": attribute, "next": to, **more}


def until(*types: str, within: Json, then: str | None, otherwise: str | None, **more: Any) -> Json:
    """Return a wait for something to happen."""
    event = {"types": list(types), **more}
    return {
        "kind": "until",
        "event": event,
        "timeout": within,
        "next": then,
        "on_timeout": otherwise,
    }


def branch(arms: list[tuple[Json, str]], otherwise: str | None = None) -> Json:
    """Return a branch: the first condition that holds is taken."""
    return {
        "kind": "branch",
        "arms": [{"when": condition, "next": to} for condition, to in arms],
        "otherwise": otherwise,
    }


def end(outcome: str = "done") -> Json:
    """Return an end with an outcome of its own."""
    return {"kind": "exit", "outcome": outcome}


def did(*types: str, days: int | None = None, did: bool = True) -> Json:
    """Return the condition that somebody did (or did not do) one of these within so many days."""
    window = {"window": {"kind": "rolling", **lasting(days)}} if days else {}
    return {"kind": "event", "types": list(types), "did": did, **window}


def attribute(name: str, op: str, value: Any = None) -> Json:
    """Return a condition on an attribute."""
    more = {} if value is None else {"value": value}
    return {"kind": "attribute", "attribute": name, "op": op, **more}


def all_of(*conditions: Json) -> Json:
    """Return the condition that all of these hold."""
    return {"kind": "all", "of": list(conditions)}


def still(*types: str) -> list[Json]:
    """Return exits: whoever does one of these has no more need of the journey."""
    return [{"event": {"types": list(types)}}]
