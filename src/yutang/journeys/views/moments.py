"""A Moments plan: what is posted on which weekday at what time, week after week."""

from datetime import time
from itertools import pairwise
from typing import Annotated, Self

from ninja import Field
from pydantic import model_validator

from yutang.journeys.views._parts import Json, Strict, ToWhom, chained, clock, send, sent

__all__ = ["MomentsPost", "MomentsView"]


class MomentsPost(Strict):
    """One post of the week."""

    weekday: Annotated[int, Field(description="Monday is 0.", ge=0, le=6)]
    at: time
    message: Annotated[int, Field(gt=0)]


class MomentsView(ToWhom):
    """Who sees the posts, the account they leave by, and the week."""

    account: Annotated[int, Field(gt=0)]
    posts: Annotated[list[MomentsPost], Field(min_length=1, max_length=30)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for one, other in pairwise(self.posts):
            if (one.weekday, one.at) >= (other.weekday, other.at):
                raise ValueError(
                    "按星期和时间排好，同一时刻只发一条 / in order, one post at a time"
                )
        return self

    def graph(self) -> Json:
        """Return the plan as a graph: entered at the first post of each week, then post by post."""
        first, *others = self.posts
        entry = {
            "kind": "schedule",
            **self.chosen(),
            "weekdays": [first.weekday],
            "time": clock(first.at),
        }
        nodes: dict[str, Json] = {}
        for place, post in enumerate(self.posts, 1):
            if place > 1:
                nodes[f"wait{place}"] = {
                    "kind": "wait_time",
                    "at": clock(post.at),
                    "weekdays": [post.weekday],
                    "next": f"post{place}",
                }
            after = f"wait{place + 1}" if place <= len(others) else None
            nodes[f"post{place}"] = send(post.message, self.account, after)
        return chained(entry, nodes, reentry={"again": True, "one_at_a_time": False})

    @classmethod
    def read(cls, graph: Json) -> Self:
        """Return what a graph says as a plan, without looking whether it says more.

        :raises LookupError, pydantic.ValidationError:
        """
        nodes, entry = graph["nodes"], graph["entry"]
        begins = {"at": entry["time"], "weekdays": entry["weekdays"]}
        count = sum(id_.startswith("post") for id_ in nodes)
        sends = [sent(nodes[f"post{place}"]) for place in range(1, count + 1)]
        whens = [begins, *(nodes[f"wait{place}"] for place in range(2, count + 1))]
        return cls(
            audience=entry.get("audience"),
            condition=entry.get("condition"),
            account=sends[0]["account"],
            posts=[
                MomentsPost(
                    weekday=when["weekdays"][0],
                    at=time.fromisoformat(when["at"]),
                    message=each["message"],
                )
                for when, each in zip(whens, sends, strict=True)
            ],
        )
