"""Who is to be added now: a function of the rules, the minute, and how everybody stands.

The platform hands a friend to somebody at random among those a contact way shows. So weights are kept by showing
the right people: whoever is ahead of the others by more than the slack rests until they have caught up.
The slack is one friend at first and a twentieth of what came since, so that few changes are needed later on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from yutang.acquisition._rules import MemberRule, Rules
from yutang.kit.week import covers

__all__ = ["Cover", "Duty", "Standing", "Why", "on_duty", "skips_verification", "whose_turn"]

_SHARE = 20


class Why(StrEnum):
    """Why somebody is shown, or is not."""

    SHOWN = "shown"
    OTHERS_TURN = "others_turn"  # ahead of her share; back when the others have caught up
    OFF_HOURS = "off_hours"
    CAPPED = "capped"
    ACCOUNT_CAPPED = "account_capped"  # over all codes
    OFFLINE = "offline"
    RESTRICTED = "restricted"
    NO_ACCOUNT = "no_account"  # not among the members of the corp
    STANDBY = "standby"  # a backup who is not needed


class Cover(StrEnum):
    """Who receives at all."""

    MEMBERS = "members"
    BACKUPS = "backups"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Standing:
    """How somebody stands: `today` through this code, `everywhere` through all of them since midnight.

    `turn` is how many came through this code since the present company of people stands behind it.
    """

    today: int = 0
    everywhere: int = 0
    most: int | None = None  # a day, over all codes
    turn: int = 0
    is_online: bool = True
    is_restricted: bool = False
    has_account: bool = True

    @property
    def hindrance(self) -> Why | None:
        """Return what keeps somebody from any code."""
        if not self.has_account:
            return Why.NO_ACCOUNT
        if self.is_restricted:
            return Why.RESTRICTED
        if not self.is_online:
            return Why.OFFLINE
        if self.most is not None and self.everywhere >= self.most:
            return Why.ACCOUNT_CAPPED
        return None


@dataclass(frozen=True)
class Duty:
    """Who is shown; who shares what comes (`company`: those shown and those whose turn it is not); why."""

    shown: tuple[int, ...]
    company: tuple[int, ...]
    cover: Cover
    whys: Mapping[int, Why]


def on_duty(rules: Rules, minute: int, standings: Mapping[int, Standing]) -> Duty:
    """Return who is to be added at this minute of the week."""
    whys: dict[int, Why] = {}
    able: list[MemberRule] = []
    for member in rules.members:
        hindrance = _hindrance(member, minute, standings.get(member.staff, Standing()))
        if hindrance is None:
            able.append(member)
        else:
            whys[member.staff] = hindrance
    cover = Cover.MEMBERS
    spare = [each for each in rules.backups if each not in {one.staff for one in able}]
    if able:
        whys |= {each: whys.get(each, Why.STANDBY) for each in spare}
    else:
        cover = Cover.BACKUPS
        for each in spare:
            hindrance = standings.get(each, Standing()).hindrance
            if hindrance is None:
                able.append(MemberRule(each))
            else:
                whys[each] = hindrance
    if not able:
        return Duty((), (), Cover.NOBODY, whys)
    turns = {each.staff: standings.get(each.staff, Standing()).turn for each in able}
    shown = whose_turn({each.staff: each.weight for each in able}, turns)
    for one in able:
        whys[one.staff] = Why.SHOWN if one.staff in shown else Why.OTHERS_TURN
    return Duty(tuple(sorted(shown)), tuple(sorted(turns)), cover, whys)


def whose_turn(weights: Mapping[int, int], turns: Mapping[int, int]) -> set[int]:
    """Return who is not ahead of any other by more than the slack, by what came for each unit of weight."""
    slack = max(1, sum(turns.values()) // _SHARE)
    return {
        one
        for one, weight in weights.items()
        if all(
            turns[one] * other_weight <= (turns[other] + slack) * weight
            for other, other_weight in weights.items()
        )
    }


def skips_verification(rules: Rules, minute: int) -> bool:
    """Tell whether a friend is taken in without being confirmed at this minute of the week."""
    return rules.skip == "always" or (rules.skip == "hours" and covers(rules.skip_windows, minute))


def _hindrance(member: MemberRule, minute: int, standing: Standing) -> Why | None:
    if standing.hindrance in {Why.NO_ACCOUNT, Why.RESTRICTED}:
        return standing.hindrance
    if member.windows and not covers(member.windows, minute):
        return Why.OFF_HOURS
    if standing.hindrance is not None:
        return standing.hindrance
    if member.cap is not None and standing.today >= member.cap:
        return Why.CAPPED
    return None
