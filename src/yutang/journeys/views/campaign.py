"""A campaign: one message (or the best of several) to one audience at one time."""

from datetime import datetime
from typing import Annotated, Self

from ninja import Field
from pydantic import AwareDatetime

from yutang.journeys.views._parts import Json, Strict, ToWhom, chained, send, sent, written

__all__ = ["CampaignGoal", "CampaignVariant", "CampaignView"]


class CampaignVariant(Strict):
    """One of several messages, and its share of the people."""

    message: Annotated[int, Field(description="The message.", gt=0)]
    weight: Annotated[
        int, Field(description="Its share of the sum of all weights.", ge=1, le=10_000)
    ] = 1


class CampaignGoal(Strict):
    """What the campaign is for: one of these events, within so many days."""

    types: Annotated[list[str], Field(min_length=1, max_length=50)]
    days: Annotated[int, Field(ge=1, le=90)] = 7


class CampaignView(ToWhom):
    """Audience, message, account, time. Without `at` it is not sent yet.

    With several variants people are split by chance; `best` lets the better one get more of them.
    """

    variants: Annotated[list[CampaignVariant], Field(min_length=1, max_length=5)]
    account: Annotated[int, Field(description="The account it leaves by.", gt=0)]
    at: Annotated[AwareDatetime | None, Field(description="When it is sent.")] = None
    best: bool = False
    priority: Annotated[int | None, Field(ge=0, le=100)] = None
    most_an_hour: Annotated[
        int | None, Field(description="Let at most so many through an hour.", ge=1)
    ] = None
    goal: CampaignGoal | None = None

    def graph(self) -> Json:
        """Return the campaign as a graph."""
        entry: Json = {"kind": "schedule", **self.chosen()}
        if self.at is not None:
            entry["at"] = written(self.at)
        nodes: dict[str, Json] = {}
        first = "which" if len(self.variants) > 1 else "send1"
        if self.most_an_hour:
            per = {"amount": 1, "unit": "hour"}
            nodes["pace"] = {"kind": "rate", "most": self.most_an_hour, "per": per, "next": first}
        if len(self.variants) > 1:
            nodes["which"] = {"kind": "split", "best": self.best, "arms": self._arms()}
        for place, each in enumerate(self.variants, 1):
            nodes[f"send{place}"] = send(each.message, self.account, None, self.priority)
        return chained(entry, nodes, **self._goal())

    def _arms(self) -> list[Json]:
        return [
            {"name": "ABCDE"[place], "weight": each.weight, "next": f"send{place + 1}"}
            for place, each in enumerate(self.variants)
        ]

    def _goal(self) -> Json:
        if self.goal is None:
            return {}
        within = {"amount": self.goal.days, "unit": "day"}
        return {"goal": {"event": {"types": self.goal.types}, "within": within, "ends": False}}

    @classmethod
    def read(cls, graph: Json) -> Self:
        """Return what a graph says as a campaign, without looking whether it says more.

        :raises LookupError, pydantic.ValidationError:
        """
        nodes, entry = graph["nodes"], graph["entry"]
        split = nodes.get("which", {})
        arms = split.get("arms") or [{"weight": 1, "next": "send1"}]
        sends = [sent(nodes[arm["next"]]) for arm in arms]
        goal = graph.get("goal")
        return cls(
            audience=entry.get("audience"),
            condition=entry.get("condition"),
            variants=[
                CampaignVariant(message=each["message"], weight=arm["weight"])
                for each, arm in zip(sends, arms, strict=True)
            ],
            account=sends[0]["account"],
            at=datetime.fromisoformat(entry["at"]) if "at" in entry else None,
            best=split.get("best", False),
            priority=sends[0].get("priority"),
            most_an_hour=nodes.get("pace", {}).get("most"),
            goal=goal and CampaignGoal(types=goal["event"]["types"], days=goal["within"]["amount"]),
        )
