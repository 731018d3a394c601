"""What guides know, as the API tells it: in the reader's language."""

from collections.abc import Sequence
from typing import Any

from yutang.customers.service import CONSENT_CHANNELS, CONSENT_PURPOSES
from yutang.events.service import TimelineEvent
from yutang.guides.service import Figures, InFront, Reason

__all__ = ["figures_out", "in_front_out", "reasons_out"]


def reasons_out(found: Sequence[Reason]) -> list[dict[str, Any]]:
    """Return reasons in the reader's language."""
    return [
        {
            "kind": each.kind,
            "said": each.said.said(),
            "facts": [{"said": fact.said.said(), "at": fact.at} for fact in each.facts],
        }
        for each in found
    ]


def figures_out(figures: Figures) -> dict[str, Any]:
    """Return one line of the team's figures."""
    names = ("friends", "new_friends", "deleted_by_staff", "deleted_by_customer", "talked_with")
    more = ("orders", "sales_fen", "tasks_due", "tasks_done", "tasks_late")
    return {
        "staff_id": figures.staff.pk,
        "name": figures.staff.name,
        **{name: getattr(figures, name) for name in (*names, *more)},
        "answered": figures.answering.answered,
        "answer_minutes": figures.answering.minutes,
        "alerts": [each.said() for each in figures.alerts],
    }


def in_front_out(found: InFront) -> dict[str, Any]:
    """Return a person as the sidebar shows her."""
    customer = found.profile.customer
    phones = (each.value for each in found.profile.identities if each.name == "phone")
    habit, mine = found.habit, found.mine
    return {
        "id": customer.pk,
        "name": customer.name,
        "phone": next(phones, ""),
        "gender": customer.gender,
        "place": " ".join(filter(None, (customer.province, customer.city, customer.district))),
        "source": customer.source,
        "known_since": customer.created_at,
        "me": found.me.pk if found.me else None,
        "mine": mine
        and {
            "staff_id": mine.target,
            "status": mine.status,
            "remark": mine.remark,
            "source": mine.source,
            "since": mine.since,
        },
        "reasons": reasons_out(found.reasons),
        "tags": [_tag(each) for each in found.tags],
        "relations": _relations(found),
        "household": [
            {
                "kind": each.dependant.kind,
                "name": each.dependant.name,
                "birthday": each.dependant.birthday,
                "stage": each.stage.label.said() if each.stage else "",
            }
            for each in found.profile.dependants
        ],
        "consents": [
            {
                "purpose": CONSENT_PURPOSES[each.purpose].said(),
                "channel": CONSENT_CHANNELS[each.channel].said(),
                "is_granted": each.state == "granted",
                "at": each.at,
            }
            for each in found.profile.consents
        ],
        "buying": {
            "orders": habit.orders,
            "spent_fen": habit.spent_fen,
            "last_at": habit.bought_at,
            "rhythm_days": habit.rhythm,
        },
        "orders": [_event(each) for each in found.orders],
        "timeline": [_event(each) for each in found.timeline.items],
        "tasks": [_task(each, customer.name) for each in found.tasks],
    }


def _tag(tagging: Any) -> dict[str, Any]:
    return {
        "tag_id": tagging.tag_id,
        "name": tagging.tag.name,
        "group_name": tagging.tag.group.name,
        "colour": tagging.tag.group.colour,
        "is_kept": any(each.startswith("rule:") for each in tagging.sources),
    }


def _relations(found: InFront) -> list[dict[str, Any]]:
    return [
        {
            "kind": each.kind,
            "target": each.target,
            "name": found.names.get((each.kind, each.target), ""),
            "status": each.status,
            "since": each.since,
        }
        for each in found.profile.relations
    ]


def _event(event: TimelineEvent) -> dict[str, Any]:
    return {
        "id": str(event.id),
        "type": event.type.name,
        "said": event.sentence(),
        "amount_fen": event.amount,
        "at": event.occurred_at,
    }


def _task(task: Any, name: str) -> dict[str, Any]:
    return {
        "id": task.pk,
        "customer_id": task.customer,
        "customer_name": name,
        "title": task.title,
        "note": task.note,
        "due_at": task.due_at,
    }
