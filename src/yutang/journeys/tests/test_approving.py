"""What goes to many at once is seen by a second pair of eyes."""

import pytest

from yutang.audiences import service as audiences
from yutang.customers.tests.builders import who
from yutang.journeys import service as journeys
from yutang.journeys.models import Journey
from yutang.journeys.tests.builders import DAY, NOON, action, event, graph
from yutang.reach import messages
from yutang.reach import service as reach
from yutang.reach.models import Message
from yutang.reach.tests.builders import under
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member


def a_message(owner: Member) -> Message:
    return messages.create_message(
        owner,
        name="秋茶上新",
        channel="wecom",
        purpose="marketing",
        parts=[{"kind": "text", "text": "新茶到了"}],
        now=NOON,
    )


def drafted(owner: Member, message: Message, entry: dict[str, object]) -> Journey:
    account = reach.add_account(
        owner, adapter="paper", name="试发", settings={}, channel="wecom", now=NOON
    )
    send = action("reach.send", message=message.pk, account=account.pk)
    draft = journeys.JourneyDraft(name="上新", graph=graph({"n1": send}, entry=entry))
    return journeys.make(owner, draft, subject="customer", now=NOON)


@pytest.fixture
def to_three(owner: Member) -> dict[str, object]:
    """Let three be in an audience that a schedule lets in."""
    under(owner, approval_over=2)
    people = [who(owner.workspace, phone=f"1380013800{n}") for n in range(3)]
    them = audiences.make(
        owner.workspace, audiences.Draft("常客", None), owner=owner.user, actor="user:1", now=NOON
    )
    audiences.put_on(owner, them.pk, people, now=NOON)
    return {"kind": "schedule", "audience": them.pk, "at": (NOON + DAY).isoformat()}


def test_many_wait_for_a_colleagues_approval(owner: Member, to_three: dict[str, object]) -> None:
    message = a_message(owner)
    made = drafted(owner, message, to_three)

    with pytest.raises(journeys.NeedsApproval) as refused:
        journeys.activate(owner, made.pk, now=NOON)
    assert "会发给 3 人，超过 2 人" in refused.value.sentence("zh")

    messages.ask_for_review(owner, message.pk, 1, now=NOON)
    messages.approve(a_member(owner.workspace, name="小林"), message.pk, 1, now=NOON)
    assert journeys.activate(owner, made.pk, now=NOON).state == "active"


def test_what_was_changed_after_approval_is_not_what_was_approved(
    owner: Member, to_three: dict[str, object]
) -> None:
    message = a_message(owner)
    messages.ask_for_review(owner, message.pk, 1, now=NOON)
    messages.approve(a_member(owner.workspace, name="小林"), message.pk, 1, now=NOON)
    messages.save_version(owner, message.pk, parts=[{"kind": "text", "text": "全场一折"}], now=NOON)

    with pytest.raises(journeys.NeedsApproval):
        journeys.activate(owner, drafted(owner, message, to_three).pk, now=NOON)


def test_who_comes_one_by_one_is_not_many(owner: Member) -> None:
    under(owner, approval_over=0)
    made = drafted(owner, a_message(owner), {"kind": "event", **event("pay")})

    assert journeys.activate(owner, made.pk, now=NOON).state == "active"
