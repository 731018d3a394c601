"""A second pair of eyes: nobody approves what she wrote."""

import pytest

from yutang.reach import messages
from yutang.reach.models import Review
from yutang.reach.tests.message_builders import NOON, a_message, text
from yutang.workspaces.service import Member, audit_records
from yutang.workspaces.tests.builders import a_member, a_workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def hua() -> Member:
    return a_member(a_workspace())


@pytest.fixture
def lin(hua: Member) -> Member:
    return a_member(hua.workspace, name="小林")


def test_another_approves_what_was_asked_for(hua: Member, lin: Member) -> None:
    message = a_message(hua)

    messages.ask_for_review(hua, message.pk, 1, note="周五发", now=NOON)
    approved = messages.approve(lin, message.pk, 1, now=NOON)

    assert (approved.review, approved.approved_by) == (Review.APPROVED, lin.actor)
    assert messages.is_approved(hua.workspace, approved.pk)
    assert [
        each.action for each in audit_records(hua.workspace, action="reach").order_by("id")
    ] == [
        "reach.message_created",
        "reach.message_review_asked",
        "reach.message_approved",
    ]


def test_the_author_cannot_approve_her_own(hua: Member, lin: Member) -> None:
    message = a_message(hua)
    messages.ask_for_review(lin, message.pk, 1, now=NOON)  # whoever asks, it stays hers

    with pytest.raises(messages.OwnMessage):
        messages.approve(hua, message.pk, 1, now=NOON)
    with pytest.raises(messages.OwnMessage):
        messages.reject(hua, message.pk, 1, reason="不要了", now=NOON)


def test_it_goes_back_with_a_reason(hua: Member, lin: Member) -> None:
    message = a_message(hua)
    messages.ask_for_review(hua, message.pk, 1, now=NOON)

    with pytest.raises(messages.ReasonMissing):
        messages.reject(lin, message.pk, 1, reason=" ", now=NOON)
    rejected = messages.reject(lin, message.pk, 1, reason="价格写错了", now=NOON)

    assert (rejected.review, rejected.answer) == (Review.REJECTED, "价格写错了")
    assert not messages.is_approved(hua.workspace, rejected.pk)


def test_a_change_is_a_version_nobody_has_seen(hua: Member, lin: Member) -> None:
    message = a_message(hua)
    messages.ask_for_review(hua, message.pk, 1, now=NOON)
    messages.approve(lin, message.pk, 1, now=NOON)

    second = messages.save_version(hua, message.pk, parts=text("改过"), now=NOON)

    assert (second.review, messages.find_message(hua.workspace, message.pk).review) == (
        Review.NONE,
        Review.NONE,
    )
    with pytest.raises(messages.NotAskedFor):
        messages.approve(lin, message.pk, 2, now=NOON)


def test_a_version_is_reviewed_once(hua: Member, lin: Member) -> None:
    message = a_message(hua)
    messages.ask_for_review(hua, message.pk, 1, now=NOON)
    messages.ask_for_review(hua, message.pk, 1, now=NOON)
    messages.approve(lin, message.pk, 1, now=NOON)

    for again in (
        lambda: messages.ask_for_review(hua, message.pk, 1, now=NOON),
        lambda: messages.approve(lin, message.pk, 1, now=NOON),
        lambda: messages.reject(lin, message.pk, 1, reason="晚了", now=NOON),
    ):
        with pytest.raises(messages.AlreadyReviewed):
            again()
