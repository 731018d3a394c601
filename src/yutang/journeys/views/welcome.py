"""A welcome flow: what is said the moment somebody adds a friend, by where she came from."""

from typing import Annotated, Self

from ninja import Field
from pydantic import model_validator

from yutang.journeys.views._parts import Json, Strict, chained, send, sent

__all__ = ["WelcomeArm", "WelcomeView"]


class WelcomeArm(Strict):
    """What is said to whoever came from here."""

    source: Annotated[
        str, Field(description="The source of the event.", min_length=1, max_length=100)
    ]
    message: Annotated[int, Field(gt=0)]


class WelcomeView(Strict):
    """The welcome, its variants by source, and what follows if she does not answer."""

    account: Annotated[int, Field(gt=0)]
    message: Annotated[int, Field(description="What everybody else hears.", gt=0)]
    by_source: Annotated[list[WelcomeArm], Field(max_length=20)] = []
    follow_up: Annotated[
        int | None, Field(description="The message if she does not answer.", gt=0)
    ] = None
    follow_up_hours: Annotated[int, Field(ge=1, le=168)] = 24

    @model_validator(mode="after")
    def _sources_differ(self) -> Self:
        if len({each.source for each in self.by_source}) < len(self.by_source):
            raise ValueError("每个来源只写一次 / every source once")
        return self

    def graph(self) -> Json:
        """Return the welcome as a graph."""
        after = "answer" if self.follow_up else None
        nodes: dict[str, Json] = {}
        if self.by_source:
            arms = [
                {
                    "where": [{"property": "source", "op": "eq", "value": each.source}],
                    "name": each.source[:60],
                    "next": f"hello{place}",
                }
                for place, each in enumerate(self.by_source, 1)
            ]
            nodes["source"] = {"kind": "branch", "arms": arms, "otherwise": "hello"}
            for place, each in enumerate(self.by_source, 1):
                nodes[f"hello{place}"] = send(each.message, self.account, after)
        nodes["hello"] = send(self.message, self.account, after)
        if self.follow_up:
            nodes["answer"] = {
                "kind": "until",
                "event": {"types": ["message"]},
                "timeout": {"amount": self.follow_up_hours, "unit": "hour"},
                "next": None,
                "on_timeout": "follow_up",
            }
            nodes["follow_up"] = send(self.follow_up, self.account, None)
        again = {"again": True, "after": {"amount": 30, "unit": "day"}}
        gone = [{"event": {"types": ["delete_friend"]}}]
        return chained({"kind": "event", "types": ["add_friend"]}, nodes, exits=gone, reentry=again)

    @classmethod
    def read(cls, graph: Json) -> Self:
        """Return what a graph says as a welcome, without looking whether it says more.

        :raises LookupError, pydantic.ValidationError:
        """
        nodes = graph["nodes"]
        arms = nodes.get("source", {}).get("arms", [])
        hello = sent(nodes["hello"])
        follows = "follow_up" in nodes
        return cls(
            account=hello["account"],
            message=hello["message"],
            by_source=[
                WelcomeArm(
                    source=arm["where"][0]["value"], message=sent(nodes[arm["next"]])["message"]
                )
                for arm in arms
            ],
            follow_up=sent(nodes["follow_up"])["message"] if follows else None,
            follow_up_hours=nodes["answer"]["timeout"]["amount"] if follows else 24,
        )
