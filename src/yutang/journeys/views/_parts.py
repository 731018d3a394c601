"""What the faces have in common: sends, waits, goals as JSON, and who a message goes to."""

from datetime import datetime, time
from typing import Annotated, Any, Self

from ninja import Field, Schema
from pydantic import ConfigDict, model_validator

__all__ = ["Json", "Strict", "ToWhom", "chained", "clock", "goal", "send", "sent", "written"]

Json = dict[str, Any]
_STEP = 110  # between nodes on the canvas


class Strict(Schema):
    """A part of a view; what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ToWhom(Strict):
    """A saved audience or a condition, one of the two."""

    audience: Annotated[int | None, Field(description="A saved audience.", gt=0)] = None
    condition: Annotated[Json | None, Field(description="A condition, as audiences keep it.")] = (
        None
    )

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        if (self.audience is None) == (self.condition is None):
            raise ValueError("人群或条件，二选一 / an audience or a condition, one of the two")
        return self

    def chosen(self) -> Json:
        """Return what an entry by schedule says of whom it takes."""
        if self.audience is not None:
            return {"audience": self.audience}
        return {"condition": self.condition}


def send(message: int, account: int, to: str | None, priority: int | None = None) -> Json:
    """Return a node that sends a message."""
    more = {} if priority is None else {"priority": priority}
    given = {"message": message, "account": account, **more}
    return {"kind": "action", "do": "reach.send", "with": given, "next": to}


def sent(node: Json) -> Json:
    """Return the message, account and priority a node sends.

    :raises LookupError: it sends none
    """
    if node["do"] != "reach.send":
        raise LookupError(node["do"])
    return dict(node["with"])


def goal(types: list[str], days: int) -> Json:
    """Return a goal, or nothing where no event is named."""
    if not types:
        return {}
    return {
        "goal": {
            "event": {"types": types},
            "within": {"amount": days, "unit": "day"},
            "ends": False,
        }
    }


def chained(entry: Json, nodes: dict[str, Json], **more: Any) -> Json:
    """Return a graph that begins with the first of its nodes, one below the other."""
    placed = {
        id_: node | {"position": {"x": 0, "y": _STEP * place}}
        for place, (id_, node) in enumerate(nodes.items())
    }
    return {"entry": entry, "start": next(iter(nodes)), "nodes": placed, **more}


def clock(at: time) -> str:
    """Return a time of day as a graph writes it."""
    return f"{at:%H:%M}"


def written(at: datetime) -> str:
    """Return an instant as a graph writes it."""
    return at.isoformat()
