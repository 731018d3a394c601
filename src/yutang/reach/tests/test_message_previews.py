"""Before it is sent: how one person reads it, and for whom words are lacking."""

import pytest

from yutang.audiences import service as audiences
from yutang.audiences.tests.builders import known
from yutang.customers import service as customers
from yutang.customers.models import RelationKind
from yutang.kit.i18n import Text
from yutang.loop import AttributeKind
from yutang.reach import messages
from yutang.reach.tests.message_builders import HELLO, NOON, a_message, somebody, text
from yutang.workspaces.models import Role
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def hua() -> Member:
    return a_member(a_workspace())


def preview(member: Member, said: str, customer: int | None = None, **more: object) -> object:
    return messages.preview_message(
        member, channel="wecom", parts=text(said), customer_id=customer, now=NOON, **more
    )


def test_without_a_person_samples_stand_in(hua: Member) -> None:
    said = "{{ customer.name }} {{ event.amount }} {{ brand.today | date: '%-m月%-d日' }}"

    assert preview(hua, said).rendered.parts[0]["text"] == "〔姓名〕 128 3月1日"


def test_a_real_person_reads_her_own_values_and_the_event_that_is_given(hua: Member) -> None:
    lin = somebody(hua, name="林晓")

    said = preview(hua, "{{ customer.name }} {{ event.order_no }}", lin, event={"order_no": "A7"})

    assert said.rendered.parts[0]["text"] == "林晓 A7"
    (length,) = said.lengths
    assert (length.field, length.length, length.most, length.unit) == (
        "parts.0.text",
        9,
        4000,
        "bytes",
    )


def test_what_she_lacks_is_told_instead_of_a_blank(hua: Member) -> None:
    said = preview(hua, "{{ customer.city }}的朋友", somebody(hua))

    assert (said.rendered, said.problem) == (None, "没有城市，这条消息发不了")


def test_what_is_personal_is_masked_for_whoever_may_not_see_it(hua: Member) -> None:
    customers.create_field(
        hua,
        name="id_card",
        kind=AttributeKind.TEXT,
        label=Text("身份证", "ID"),
        personal=True,
        now=NOON,
    )
    lin = somebody(hua, id_card="110101")
    analyst = a_member(hua.workspace, Role.ANALYST)

    assert preview(hua, "{{ customer.id_card }}", lin).rendered.parts[0]["text"] == "110101"
    assert preview(analyst, "{{ customer.id_card }}", lin).rendered.parts[0]["text"] == "***"


def test_somebody_elses_customer_is_not_found(hua: Member) -> None:
    from yutang.customers.tests.builders import a_guide

    guide = a_guide(hua.workspace)
    mine, hers = somebody(hua, name="林晓"), somebody(hua)
    (staff,) = guide.scope.staff_ids
    customers.relate(hua, mine, RelationKind.STAFF, staff, now=NOON)

    assert preview(guide, HELLO, mine).rendered is not None
    with pytest.raises(customers.NotFound):
        preview(guide, HELLO, hers)


def test_those_who_lack_the_same_are_told_together(hua: Member, open_warehouse: object) -> None:
    named = [somebody(hua, name="林晓", city="北京") for _ in range(3)]
    nameless = [somebody(hua, city="上海") for _ in range(2)]
    nowhere = [somebody(hua, name="小周")]
    listed = audiences.make(
        hua.workspace,
        audiences.Draft("名单", None),
        owner=hua.user,
        actor=hua.actor,
        now=NOON,
    )
    known(hua.workspace, *named, *nameless, *nowhere)
    audiences.put_on(hua, listed.pk, [*named, *nameless, *nowhere], now=NOON)
    message = a_message(hua, HELLO + "，{{ customer.city }}门店可取")

    found = messages.gaps_in_audience(hua, message.pk, 1, listed.pk, now=NOON)

    assert (found.total, found.unsendable) == (6, 1)
    assert [(gap.customers, [each.zh for each in gap.labels]) for gap in found.found] == [
        (2, ["姓名"]),
        (1, ["城市"]),
    ]
    assert (found.found[0].reads, found.found[0].problem) == ({"customer.name": "亲"}, "")
    assert found.found[1].problem == "没有城市，这条消息发不了"
    assert found.found[1].example == nowhere[0]
