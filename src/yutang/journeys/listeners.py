"""Reactions to facts below: an audience changed, so whoever follows it looks now."""

from yutang.audiences.facts import AudienceChanged
from yutang.kit.facts import on
from yutang.kit.pulse import wake

__all__ = ["look_now"]


@on(AudienceChanged)
def look_now(fact: AudienceChanged) -> None:
    """Follow audiences at once; what is missed here is found by the next beat."""
    wake("journeys.enter")
