"""What is known of a customer is typed; what is not of its kind is refused by name, and changes nothing."""

import pytest

from yutang.customers import service as customers
from yutang.customers.models import Customer, Identity, Relation
from yutang.customers.tests.builders import NOON, a_customer, a_guide, a_member, a_workspace, shown
from yutang.kit.i18n import Text, speaking
from yutang.loop import AttributeKind
from yutang.workspaces.models import AuditRecord

pytestmark = pytest.mark.django_db
SKIN = [customers.FieldOption("oily", Text("油性", "Oily")), customers.FieldOption("dry", Text("干性", "Dry"))]  # fmt: skip


def with_field(kind: str, **more: object):
    hua = a_member(a_workspace())
    options = SKIN if "choice" in kind else ()
    customers.create_field(
        hua, name="it", kind=AttributeKind(kind), label=Text("它", "It"),
        options=options, now=NOON, **more,
    )  # fmt: skip
    return hua


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("text", "  肤质偏干 \n", "肤质偏干"),
        ("text", 12, "12"),
        ("text", "𠮷野家👩‍👧", "𠮷野家👩‍👧"),
        ("number", "1,234.5", 1234.5),
        ("number", "３６", 36),
        ("number", 36.0, 36),
        ("money", 1280, 1280),
        ("money", "¥12.80", 1280),
        ("date", "2026年3月1日", "2026-03-01"),
        ("date", "2026/3/1", "2026-03-01"),
        ("date", "20260301", "2026-03-01"),
        ("time", "2026-03-01 08:00", "2026-03-01T00:00:00.000Z"),
        ("time", "2026-03-01T08:00:00+02:00", "2026-03-01T06:00:00.000Z"),
        ("time", 1767225600, "2026-01-01T00:00:00.000Z"),
        ("bool", "是", True),
        ("bool", 0, False),
        ("choice", "油性", "oily"),
        ("multi_choice", "油性、dry", ["dry", "oily"]),
        ("region", "广东省/深圳市/南山区", "广东/深圳/南山区"),
        ("region", "内蒙古自治区", "内蒙古"),
    ],
)
def test_a_value_is_kept_in_one_form(kind: str, written: object, kept: object) -> None:
    hua = with_field(kind)

    assert shown(a_customer(hua, it=written)) == {"it": kept}


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("text", "a\0b"),
        ("text", "长" * 2001),
        ("text", ["a"]),
        ("number", "many"),
        ("number", float("inf")),
        ("number", True),
        ("money", 12.8),
        ("money", "much"),
        ("date", "2026-02-30"),
        ("date", "1899-12-31"),
        ("date", "soon"),
        ("time", "25:00"),
        ("time", 10**18),
        ("bool", "maybe"),
        ("choice", "blue"),
        ("multi_choice", ["oily", "blue"]),
        ("region", "a/b/c/d"),
    ],
)
def test_what_is_not_of_its_kind_is_refused_by_name(kind: str, written: object) -> None:
    hua = with_field(kind)
    fang = a_customer(hua, name="王芳")

    with pytest.raises(customers.NotAsExpected) as refusal:
        customers.change(hua, fang.pk, {"name": "李芳", "it": written}, now=NOON)

    (problem,) = refusal.value.errors
    assert problem.field == "it"
    assert problem.message
    assert problem.came
    assert shown(fang) == {"name": "王芳"}


def test_a_refusal_speaks_the_readers_language() -> None:
    hua = with_field("choice")

    said = []
    for spoken in ("zh", "en"):
        with speaking(spoken), pytest.raises(customers.NotAsExpected) as refusal:
            customers.read_values(hua.workspace, {"it": "blue"})
        said.append(refusal.value.errors[0].message)

    assert said == ["可选：油性（oily）、干性（dry）", "expected one of: Oily (oily), Dry (dry)"]


@pytest.mark.parametrize("name", ["shoe_size", "created_at", "id"])
def test_what_cannot_be_set_is_refused(name: str) -> None:
    hua = a_member(a_workspace())

    with pytest.raises(customers.NotAsExpected) as refusal:
        a_customer(hua, **{name: "x"})

    assert [each.field for each in refusal.value.errors] == [name]
    assert Customer.objects.within(hua.workspace).count() == 0


@pytest.mark.parametrize(
    ("written", "kept"), [("女", "female"), ("2", "female"), ("M", "male"), ("0", ""), ("未知", "")]
)
def test_gender_as_people_and_wechat_write_it(written: str, kept: str) -> None:
    assert a_customer(a_member(a_workspace()), gender=written).gender == kept


@pytest.mark.parametrize(
    ("name", "written", "kept"),
    [
        ("city", "北京市", "北京"),
        ("city", "沙市", "沙市"),
        ("province", "广西壮族自治区", "广西"),
        ("province", "香港特别行政区", "香港"),
        ("province", "Bavaria", "Bavaria"),
    ],
)
def test_a_place_has_one_spelling(name: str, written: str, kept: str) -> None:
    assert getattr(a_customer(a_member(a_workspace()), **{name: written}), name) == kept


def test_who_is_known_is_not_entered_twice() -> None:
    hua = a_member(a_workspace())
    lin = a_guide(hua.workspace)
    fang = customers.create(hua, {"phone": "13800138000"}, {}, now=NOON)

    with pytest.raises(customers.AlreadyKnown) as refusal:
        customers.create(hua, {"phone": "138-0013-8000"}, {}, now=NOON)
    with pytest.raises(customers.KnownToOthers):
        customers.create(lin, {"phone": "138-0013-8000"}, {}, now=NOON)

    assert refusal.value.params["customer"] == fang.pk


def test_whoever_a_guide_enters_is_hers_to_look_after() -> None:
    lin = a_guide(a_workspace())
    (staff,) = lin.scope.staff_ids

    fang = a_customer(lin, name="王芳")

    assert customers.visible(lin, [fang.pk]) == {fang.pk}
    assert Relation.objects.get(customer=fang).target == staff


def test_a_read_in_full_needs_the_permission_and_goes_on_record() -> None:
    hua = with_field("text", personal=True)
    fang = customers.create(hua, {"phone": "13800138000"}, {"it": "秘密"}, now=NOON)

    page = customers.profile(hua, fang.pk, now=NOON)
    assert [each.value for each in page.identities] == ["138****8000"]
    assert page.attributes["it"] == "***"
    full = customers.profile(hua, fang.pk, reveal=True, now=NOON)
    assert [each.value for each in full.identities] == ["+8613800138000"]
    assert full.attributes["it"] == "秘密"
    assert AuditRecord.objects.within(hua.workspace).latest("pk").action == "customers.revealed"


def test_audit_names_attributes_and_never_their_values() -> None:
    hua = a_member(a_workspace())
    fang = customers.create(hua, {"phone": "13800138000"}, {"name": "王芳"}, now=NOON)
    customers.change(hua, fang.pk, {"city": "北京"}, now=NOON)

    told = str(list(AuditRecord.objects.within(hua.workspace).values_list("action", "detail")))

    assert "customers.changed" in told
    for secret in ("王芳", "北京", "138"):
        assert secret not in told


def test_identities_are_added_and_removed_by_people() -> None:
    hua = a_member(a_workspace())
    fang, other = a_customer(hua), a_customer(hua)
    first = Identity.objects.get(customer=fang)

    mail = customers.add_identity(hua, fang.pk, "email", "Fang@Example.com", now=NOON)
    assert mail.value == "fang@example.com"
    assert customers.add_identity(hua, fang.pk, "email", "fang@example.com", now=NOON) == mail
    with pytest.raises(customers.AlreadyKnown):
        customers.add_identity(hua, other.pk, "email", "fang@example.com", now=NOON)
    with pytest.raises(customers.HasAnother):
        customers.add_identity(hua, fang.pk, "member_no", "M9", now=NOON)
    customers.remove_identity(hua, fang.pk, first.pk, now=NOON)
    with pytest.raises(customers.LastIdentity):
        customers.remove_identity(hua, fang.pk, mail.pk, now=NOON)


def test_fields_are_renamed_reordered_retired_and_brought_back() -> None:
    hua = with_field("choice")
    customers.create_field(
        hua, name="size", kind=AttributeKind.NUMBER, label=Text("码", "Size"), now=NOON
    )
    fang = a_customer(hua, it="oily")

    customers.change_field(hua, "it", zh="肤质", now=NOON)
    customers.reorder_fields(hua, ["size", "it"], now=NOON)
    assert [row.name for row in customers.fields_of(hua.workspace)] == ["size", "it"]
    with pytest.raises(customers.OrderNotComplete):
        customers.reorder_fields(hua, ["size"], now=NOON)
    with pytest.raises(customers.OptionsNotAsExpected):
        customers.change_field(hua, "it", options=SKIN[1:], now=NOON)
    customers.archive_field(hua, "it", now=NOON)
    assert "it" not in customers.profile(hua, fang.pk, now=NOON).attributes
    with pytest.raises(customers.FieldNameTaken):
        customers.create_field(
            hua, name="it", kind=AttributeKind.TEXT, label=Text("它", "It"), now=NOON
        )
    customers.restore_field(hua, "it", now=NOON)
    assert customers.profile(hua, fang.pk, now=NOON).attributes["it"] == "oily"


@pytest.mark.parametrize("name", ["Name", "1st", "a b", "", "a" * 41])
def test_a_field_has_a_name_programs_can_write(name: str) -> None:
    hua = a_member(a_workspace())

    with pytest.raises(customers.FieldNameNotAllowed):
        customers.create_field(
            hua, name=name, kind=AttributeKind.TEXT, label=Text("它", "It"), now=NOON
        )


def test_a_field_does_not_hide_a_built_in_one() -> None:
    hua = a_member(a_workspace())

    with pytest.raises(customers.FieldNameTaken):
        customers.create_field(
            hua, name="city", kind=AttributeKind.TEXT, label=Text("它", "It"), now=NOON
        )


def test_a_kind_of_identity_of_ones_own_joins_like_any_other() -> None:
    from yutang.customers.tests.builders import who

    hua = a_member(a_workspace())
    customers.declare_kind(
        hua, "card", label=Text("老卡", "Old card"), strong=True, single=True, priority=75, now=NOON
    )
    old, young = who(hua.workspace, card="C1"), who(hua.workspace, phone="13800138000")

    assert who(hua.workspace, card="C1", phone="13800138000") == min(old, young)
    with pytest.raises(customers.KindInUse):
        customers.reset_kind(hua, "card", now=NOON)


def test_a_weakened_kind_joins_nobody_from_then_on() -> None:
    from yutang.customers.tests.builders import who

    hua = a_member(a_workspace())
    customers.declare_kind(
        hua, "phone", label=Text("手机", "Phone"), strong=False, single=False, priority=70, now=NOON
    )
    one, other = who(hua.workspace, phone="13800138000"), who(hua.workspace, unionid="u1")

    assert who(hua.workspace, unionid="u1", phone="13800138000") == other != one
    customers.reset_kind(hua, "phone", now=NOON)
    assert who(hua.workspace, unionid="u1", phone="13800138000") == min(one, other)
