"""Messages: saved only if every word in them can be said, and said to many at once."""

from datetime import date, datetime, timedelta

import pytest

from yutang.customers import service as customers
from yutang.customers.models import RelationKind
from yutang.kit.i18n import Text, speaking
from yutang.loop import AttributeKind
from yutang.reach import messages
from yutang.reach.channels.interface import Rendered
from yutang.reach.messages import Unrenderable
from yutang.reach.models import MessageState, MessageVersion
from yutang.reach.tests.message_builders import HELLO, NOON, a_message, somebody, text
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_member, a_workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def hua() -> Member:
    return a_member(a_workspace())


def version_of(workspace: Workspace, message_id: int) -> MessageVersion:
    return messages.newest_version(workspace, message_id)


def read(member: Member, said: object, *customers_: int, **event: object) -> list[object]:
    """Return what a message says to these, as text, or why it does not."""
    version = version_of(member.workspace, a_message(member, said).pk)
    people = dict.fromkeys(customers_, event)
    found = messages.render_many(member.workspace, version.pk, people, now=NOON)
    return [
        found[each].parts[0]["text"] if isinstance(found[each], Rendered) else found[each]
        for each in customers_
    ]


def problems(member: Member, parts: list[dict[str, object]], channel: str) -> dict[str, str]:
    with pytest.raises(messages.MessageNotSound) as refused:
        a_message(member, parts, channel=channel)
    return {each.field: each.message for each in refused.value.errors}


def test_everybody_reads_her_own_name_or_what_stands_in(hua: Member) -> None:
    lin, nobody = somebody(hua, name="林晓"), somebody(hua)

    assert read(hua, HELLO, lin, nobody) == ["林晓，明前龙井到店了", "亲，明前龙井到店了"]


def test_whoever_lacks_a_word_without_a_stand_in_gets_no_blank(hua: Member) -> None:
    nobody = somebody(hua)

    assert read(hua, "{{ customer.name }}，好", nobody) == [
        Unrenderable("missing", "customer.name")
    ]


def test_choices_money_and_times_read_as_people_say_them(hua: Member) -> None:
    label = Text("累计消费", "Spent")
    customers.create_field(hua, name="spent", kind=AttributeKind.MONEY, label=label, now=NOON)
    lin = somebody(hua, gender="female", spent=128050, joined_at="2026-02-28T17:00:00Z")

    said = (
        "{{ customer.gender }} {{ customer.spent }} {{ customer.joined_at | date: '%-m月%-d日' }}"
    )

    assert read(hua, said, lin) == ["女 1280.50 3月1日"]  # by the brand's clock


def test_what_the_event_said_is_said(hua: Member) -> None:
    lin = somebody(hua)

    said = "订单 {{ event.order_no }} 已付 {{ event.amount }} 元"

    assert read(hua, said, lin, order_no="A7", amount=12800) == ["订单 A7 已付 128 元"]


def test_the_member_of_staff_is_who_follows_her_or_in_whose_name_it_goes(hua: Member) -> None:
    lin = somebody(hua)
    follows, sends = (
        workspaces.create_staff(hua.workspace, name=name, code="", actor="user:1", now=NOON)
        for name in ("小林", "小周")
    )
    customers.relate(hua, lin, RelationKind.STAFF, follows.pk, now=NOON)
    version = version_of(hua.workspace, a_message(hua, "我是{{ staff.name }}").pk)

    def said(**more: object) -> str:
        found = messages.render_many(hua.workspace, version.pk, {lin: {}}, now=NOON, **more)
        return found[lin].parts[0]["text"]

    assert said() == "我是小林"
    assert said(senders={lin: sends.pk}) == "我是小周"


def test_who_is_no_customer_any_more_is_told_apart(hua: Member) -> None:
    assert read(hua, HELLO, 4_000_000_000) == [Unrenderable("gone")]


def test_a_name_too_long_for_the_channel_stops_only_her(hua: Member) -> None:
    long, short = somebody(hua, name="字" * 60), somebody(hua, name="林晓")
    link = {"kind": "link", "title": "{{ customer.name }}", "url": "https://tea.example/a"}
    version = version_of(hua.workspace, a_message(hua, [link]).pk)

    found = messages.render_many(hua.workspace, version.pk, {long: {}, short: {}}, now=NOON)

    assert found[long] == Unrenderable("too_long", "title")
    assert found[short].parts[0]["title"] == "林晓"


def test_an_sms_is_an_approved_template_with_its_values(hua: Member) -> None:
    lin = somebody(hua, name="林晓")
    part = {
        "kind": "template",
        "code": "SMS_71390007",
        "values": {"name": "{{ customer.name | default: '会员' }}"},
        "text": "${name}，你的券明天到期",
    }
    version = version_of(hua.workspace, a_message(hua, [part], channel="sms").pk)

    said = messages.render_many(hua.workspace, version.pk, {lin: {}}, now=NOON)[lin]

    assert (said.template, said.values) == ("SMS_71390007", {"name": "林晓"})
    assert said.parts[0]["text"] == "林晓，你的券明天到期"


def test_an_e_mail_has_a_subject(hua: Member) -> None:
    lin = somebody(hua, name="林晓")
    parts = [{"kind": "subject", "text": "{{ customer.name }}的新茶"}, *text("到店了")]
    version = version_of(hua.workspace, a_message(hua, parts, channel="email").pk)

    said = messages.render_many(hua.workspace, version.pk, {lin: {}}, now=NOON)[lin]

    assert (said.subject, [each["kind"] for each in said.parts]) == ("林晓的新茶", ["text"])


def test_a_variable_that_does_not_exist_is_refused_where_it_stands(hua: Member) -> None:
    parts = [
        *text("好"),
        {"kind": "link", "title": "{{ customer.nmae }}", "url": "https://a.example"},
    ]

    said = problems(hua, parts, "wecom")

    assert list(said) == ["parts.1.title"]
    assert said["parts.1.title"].startswith(
        "没有“customer.nmae”这个变量。客户可用：customer.name, "
    )


def test_a_group_of_variables_that_does_not_exist_names_those_that_do(hua: Member) -> None:
    with speaking("en"):
        said = problems(hua, text("{{ name }}"), "wecom")

    assert said["parts.0.text"] == (
        "there is no variable “name”. Of variables there are: "
        "customer.…, event.…, staff.…, store.…, brand.…"
    )


@pytest.mark.parametrize(
    ("parts", "channel", "field", "said"),
    [
        ([], "wecom", "parts", "消息还是空的，至少要有一个部分"),
        (text(""), "wecom", "parts.0.text", "还没有填文字"),
        (text("   "), "wecom", "parts.0.text", "还没有填文字"),
        ([{"kind": "carrier pigeon"}], "wecom", "parts.0.kind", "可选：text, image"),
        (text("好"), "sms", "parts.0.kind", "这个渠道发不了“文字”，可发：短信模板"),
        (text("字" * 1334), "wecom", "parts.0.text", "文字最多 4000 字节，现在 4002"),
        (text("好"), "email", "parts", "要有一个“主题”"),
        ([*text("a"), *text("b")], "wecom", "parts", "“文字”最多 1 个"),
        ([{"kind": "image", "url": "https://a.example/1.png"}] * 10, "wecom", "parts", "附件最多 9 个，现在 10"),
        ([{"kind": "image", "url": "javascript:alert(1)"}], "wecom", "parts.0.url", "应为 https:// 开头"),
        ([{"kind": "image", "url": "https://{{ customer.city }}/a"}], "wecom", "parts.0.url", "应为 https:// 开头"),
        ([{"kind": "text", "text": "好", "colour": "red"}], "wecom", "parts.0.colour", "“文字”没有这一项，可填：text"),
        ([{"kind": "text", "text": 7}], "wecom", "parts.0.text", "应为文本"),
        ([{"kind": "template", "code": "S1", "values": ["a"]}], "sms", "parts.0.values", "应为变量名和内容的对应"),
        (text("{{ customer.name"), "wecom", "parts.0.text", "没有写完"),
    ],
)  # fmt: skip
def test_what_a_channel_does_not_carry_is_refused_beside_its_field(
    hua: Member, parts: list[dict[str, object]], channel: str, field: str, said: str
) -> None:
    assert said in problems(hua, parts, channel)[field]


def test_the_limits_of_a_channel_are_those_of_the_day() -> None:
    assert messages.limits_of("wecom", on=date(2026, 3, 1)).attachments == 9
    assert messages.limits_of("wecom", on=date(2020, 3, 1)).channel == "other"


def test_saving_makes_a_version_and_what_was_said_stays(hua: Member) -> None:
    message = a_message(hua, "第一版")
    first = version_of(hua.workspace, message.pk)
    lin = somebody(hua)

    messages.save_version(hua, message.pk, parts=text("第二版"), now=NOON)
    again = messages.save_version(hua, message.pk, parts=text("第二版"), now=NOON)

    assert again.number == 2  # saying the same again makes none
    said = messages.render_many(hua.workspace, first.pk, {lin: {}}, now=NOON)
    assert said[lin].parts[0]["text"] == "第一版"


def test_a_name_is_taken_once_and_an_archived_message_is_not_changed(hua: Member) -> None:
    message = a_message(hua, name="上新")
    with pytest.raises(messages.MessageNameTaken):
        a_message(hua, name="上新")

    archived = messages.archive_message(hua, message.pk, now=NOON)

    assert archived.state == MessageState.ARCHIVED
    assert list(messages.list_messages(hua.workspace)) == []
    with pytest.raises(messages.MessageArchived):
        messages.save_version(hua, message.pk, parts=text("改"), now=NOON)
    with pytest.raises(messages.MessageArchived):
        messages.newest_version(hua.workspace, message.pk)
    assert messages.restore_message(hua, message.pk, now=NOON).state == MessageState.IN_USE


def test_a_field_retired_since_is_still_said_in_what_was_saved(hua: Member) -> None:
    label = Text("爱喝的茶", "Tea")
    customers.create_field(hua, name="tea", kind=AttributeKind.TEXT, label=label, now=NOON)
    lin = somebody(hua, tea="龙井")
    version = version_of(hua.workspace, a_message(hua, "{{ customer.tea }}到了").pk)
    customers.archive_field(hua, "tea", now=NOON)

    said = messages.render_many(hua.workspace, version.pk, {lin: {}}, now=NOON)

    assert said[lin].parts[0]["text"] == "龙井到了"


def test_another_workspace_cannot_tell_that_it_exists(hua: Member) -> None:
    message = a_message(hua)
    version = version_of(hua.workspace, message.pk)
    messages.render_many(hua.workspace, version.pk, {}, now=NOON)
    rival = a_member(a_workspace("Coffee House"))

    with pytest.raises(messages.MessageNotFound):
        messages.find_message(rival.workspace, message.pk)
    with pytest.raises(MessageVersion.DoesNotExist):
        messages.render_many(rival.workspace, version.pk, {}, now=NOON)


def test_two_thousand_people_are_a_handful_of_statements(
    hua: Member, django_assert_max_num_queries: object
) -> None:
    rows = [
        customers.ProfileRow({"member_no": f"B{each}"}, {"name": f"客{each}"})
        for each in range(2000)
    ]
    people = customers.upsert_many(hua.workspace, rows, source="test", now=NOON).customers
    version = version_of(hua.workspace, a_message(hua).pk)
    messages.render_many(hua.workspace, version.pk, {}, now=NOON)

    with django_assert_max_num_queries(4):  # type: ignore[operator]
        found = messages.render_many(
            hua.workspace, version.pk, {each: {} for each in people}, now=NOON
        )

    assert found[people[7]].parts[0]["text"] == "客7，明前龙井到店了"


def test_a_brands_own_length_holds_from_midnight_where_the_platform_is(hua: Member) -> None:
    last, midnight = NOON + timedelta(hours=11, minutes=59), NOON + timedelta(hours=12)
    shorter = (5, NOON.date() + timedelta(days=1), None)
    messages.change_message_limit(hua, "wecom.text.text", shorter, now=last)

    def write(name: str, now: datetime) -> None:
        messages.create_message(
            hua, name=name, channel="wecom", purpose="marketing", parts=text("龙井"), now=now
        )

    write("in time", last)
    with pytest.raises(messages.MessageNotSound):
        write("a minute late", midnight)
