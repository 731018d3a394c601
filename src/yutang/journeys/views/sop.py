"""An SOP: a table of days and times, and what is said or done at each, for whoever comes newly."""

from datetime import time
from itertools import pairwise
from typing import Annotated, Literal, Self

from ninja import Field
from pydantic import model_validator

from yutang.journeys.views._parts import Json, Strict, chained, clock, goal, send, sent

__all__ = ["SopStep", "SopView"]

_Who = Literal["friend", "member", "group"]
_ON: dict[_Who, str] = {"friend": "add_friend", "member": "join_membership", "group": "join_group"}
_OF = {event: of for of, event in _ON.items()}


class SopStep(Strict):
    """One line of the table: the day (0 is the day she came), the time, and a message or a task.

    On day 0 there is no fixed time: it may have passed. A step is at once, or some minutes later.
    """

    day: Annotated[int, Field(ge=0, le=365)]
    at: Annotated[time | None, Field(description="Time of day where she lives; from day 1 on.")] = (
        None
    )
    minutes: Annotated[int, Field(description="Minutes later, on day 0.", ge=0, le=720)] = 0
    message: Annotated[int | None, Field(gt=0)] = None
    task: Annotated[str, Field(description="What a colleague is asked to do.", max_length=200)] = ""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if (self.day == 0) == (self.at is not None) or (self.day and self.minutes):
            raise ValueError(
                "第 0 天写几分钟后，第 1 天起写几点 / minutes later on day 0, a time of day from day 1 on"
            )
        if (self.message is None) == (not self.task):
            raise ValueError("消息或任务，二选一 / a message or a task, one of the two")
        return self


class SopView(Strict):
    """Who it begins with, the steps in their order, and what ends it early."""

    of: Annotated[
        Literal["friend", "member", "group"],
        Field(description="New friends, members, group members."),
    ]
    account: Annotated[int, Field(description="The account messages leave by.", gt=0)]
    steps: Annotated[list[SopStep], Field(min_length=1, max_length=60)]
    stop_on: Annotated[list[str], Field(description="Events that end it.", max_length=20)] = []
    days: Annotated[
        Literal["any", "working"], Field(description="Days on which something is said.")
    ] = "any"
    goal: Annotated[list[str], Field(description="Events that are its goal.", max_length=20)] = []
    goal_days: Annotated[int, Field(ge=1, le=365)] = 30

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for one, other in pairwise(self.steps):
            if (one.day, one.at or time.min) > (other.day, other.at or time.min):
                raise ValueError(
                    "步骤要按天和时间排好 / steps must stand in the order of day and time"
                )
        return self

    def graph(self) -> Json:
        """Return the table as a graph: a wait before each step that is not at once."""
        nodes: dict[str, Json] = {}
        before = SopStep(day=0, task="-")
        for place, step in enumerate(self.steps, 1):
            after = f"step{place + 1}" if place < len(self.steps) else None
            if after and self._waits(self.steps[place], step):
                after = f"wait{place + 1}"
            if self._waits(step, before):
                nodes[f"wait{place}"] = self._wait(step, before, f"step{place}")
            nodes[f"step{place}"] = self._do(step, after)
            before = step
        exits = [{"event": {"types": self.stop_on}}] if self.stop_on else []
        entry = {"kind": "event", "types": [_ON[self.of]]}
        return chained(entry, nodes, exits=exits, **goal(self.goal, self.goal_days))

    def _waits(self, step: SopStep, before: SopStep) -> bool:
        return step.minutes > 0 or (step.day, step.at) != (before.day, before.at)

    def _wait(self, step: SopStep, before: SopStep, to: str) -> Json:
        if step.at is None:
            span = {"amount": step.minutes, "unit": "minute"}
            return {"kind": "wait", "for": span, "next": to}
        wait: Json = {"kind": "wait_time", "at": clock(step.at), "days": self.days, "next": to}
        if step.day > before.day:
            wait["after"] = {"amount": step.day - before.day, "unit": "day"}
        return wait

    def _do(self, step: SopStep, to: str | None) -> Json:
        if step.message is not None:
            return send(step.message, self.account, to)
        return {"kind": "action", "do": "journeys.task", "with": {"title": step.task}, "next": to}

    @classmethod
    def read(cls, graph: Json) -> Self:
        """Return what a graph says as a table, without looking whether it says more.

        :raises LookupError, pydantic.ValidationError:
        """
        nodes = graph["nodes"]
        steps: list[SopStep] = []
        day, at, place = 0, None, 1
        while f"step{place}" in nodes:
            wait = nodes.get(f"wait{place}", {})
            minutes = 0
            if "for" in wait:
                minutes = wait["for"]["amount"]
            elif wait:
                day, at = (
                    day + wait.get("after", {"amount": 0})["amount"],
                    time.fromisoformat(wait["at"]),
                )
            node = nodes[f"step{place}"]
            said = node["do"] == "reach.send"
            does = {"message": node["with"]["message"]} if said else {"task": node["with"]["title"]}
            steps.append(SopStep(day=day, at=at, minutes=minutes, **does))
            place += 1
        accounts = [
            sent(each)["account"] for each in nodes.values() if each.get("do") == "reach.send"
        ]
        waits = [each["days"] for each in nodes.values() if each["kind"] == "wait_time"]
        aim = graph.get("goal")
        exits = graph.get("exits") or [{"event": {"types": []}}]
        return cls(
            of=_OF[graph["entry"]["types"][0]],
            account=accounts[0] if accounts else 1,
            steps=steps,
            stop_on=exits[0]["event"]["types"],
            days=waits[0] if waits else "any",
            goal=aim["event"]["types"] if aim else [],
            goal_days=aim["within"]["amount"] if aim else 30,
        )
