"""One thing of each kind that an address can name, made by its owner; for the tests of isolation."""

from collections.abc import Callable

from yutang.kit import clock
from yutang.kit.i18n import Text
from yutang.workspaces import service as workspaces
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import as_member

__all__ = ["QUERIES", "THINGS", "posted"]


def posted(path: str, body: dict[str, object], named: str = "id") -> Callable[[Member], object]:
    def make(owner: Member) -> object:
        response = as_member(owner).post(path, body)
        assert response.status_code in {200, 201}, response.content
        return response.json()[named]

    return make


def a_job(owner: Member) -> int:
    label = Text("导入", "Import")
    return workspaces.start_job(
        owner.workspace, "x.y", label, actor=owner.actor, now=clock.now()
    ).pk


def a_tag(owner: Member) -> int:
    from yutang.tags.tests import builders

    return builders.a_tag(owner).pk


def a_customer(owner: Member) -> int:
    from yutang.customers.tests import builders

    return builders.who(owner.workspace, phone="13800138000")


def an_import(owner: Member) -> int:
    response = as_member(owner)._ask(
        "POST", "/imports", body=b"a,b\n1,2\n", query_params={"name": "a.csv"}
    )
    return response.json()["id"]


def a_rule(owner: Member) -> int:
    from yutang.audiences.tests.builders import favourites

    rule = {"name": "爱收藏", "tag_id": a_tag(owner), "condition": favourites()}
    return posted("/audiences/rules", rule)(owner)


def a_hook(owner: Member) -> object:
    mapping = {"type": "event", "customer": {"phone": "buyer.mobile"}}
    return posted("/webhooks", {"name": "有赞", "mapping": mapping})(owner)


def a_dependant(owner: Member) -> int:
    return posted(f"/customers/{a_customer(owner)}/dependants", {"kind": "child"})(owner)


def an_erasure(owner: Member) -> int:
    from yutang.customers import service as customers
    from yutang.customers.tests import builders

    erased = builders.a_customer(owner).pk
    return customers.erase(owner, erased, reason="", now=clock.now()).pk


def a_merge(owner: Member) -> int:
    from yutang.customers.tests import builders

    one, other = (builders.a_customer(owner).pk for _ in range(2))
    return posted("/customers/merges", {"winner_id": one, "loser_id": other})(owner)


def a_chat_hit(named: str) -> Callable[[Member], object]:
    def make(owner: Member) -> object:
        from yutang.guides.tests import builders

        return getattr(builders.a_chat_hit(owner), named)

    return make


def wecoms(maker: str) -> Callable[[Member], object]:
    def make(owner: Member) -> object:
        from yutang.wecom.tests import corps

        return getattr(corps, maker)(owner)

    return make


def a_running_journey(owner: Member) -> int:
    from yutang.journeys.tests.builders import a_journey, wait

    return a_journey(owner, {"n1": wait()}).pk


def a_staff_task(owner: Member) -> int:
    from yutang.journeys.models import Journey, StaffTask

    running = Journey.objects.within(owner.workspace).first()
    journey = running.pk if running else a_running_journey(owner)
    task = StaffTask(
        workspace=owner.workspace, journey_id=journey, key="a", customer=1, title="回访"
    )
    task.created_at = clock.now()
    task.save()
    return task.pk


def a_material(owner: Member) -> int:
    from yutang.reach import service as reach

    file = f"价目表 {clock.now()}".encode()
    return reach.add_material(owner, "价目表.txt", file, kind="file", now=clock.now()).pk


def a_mass_message(owner: Member) -> int:
    from yutang.wecom.models import MassTask
    from yutang.wecom.tests.builders import a_corp

    parts = [{"kind": "text", "text": "新茶到了"}]
    now = clock.now()
    task = MassTask(
        workspace=owner.workspace, corp=a_corp(owner), account=1, digest=b"1", parts=parts
    )
    task.due_at = task.created_at = now
    task.save()
    return task.pk


def a_sending_to_groups(owner: Member) -> int:
    from yutang.wecom.models import GroupSending, MassTask

    now = clock.now()
    sending = GroupSending.objects.create(
        workspace=owner.workspace,
        name="上新",
        message=1,
        made_by=owner.actor,
        due_at=now,
        created_at=now,
    )
    known = MassTask.objects.filter(workspace=owner.workspace).first()
    task = known.pk if known else a_mass_message(owner)
    MassTask.objects.filter(pk=task).update(kind="groups", sending=sending)
    return sending.pk


def a_transfer(owner: Member) -> int:
    from yutang.wecom.models import StaffAccount, Transfer
    from yutang.wecom.tests.corps import her_corp

    now = clock.now()
    transfer = Transfer(workspace=owner.workspace, corp_id=her_corp(owner), is_resigned=False)
    for side in ("giver", "taker"):
        account = StaffAccount(workspace=owner.workspace, corp_id=transfer.corp_id, userid=side)
        account.staff_id, account.seen_at = posted("/staff", {"name": side})(owner), now
        account.save()
        setattr(transfer, side, account)
    transfer.actor, transfer.created_at = owner.actor, now
    transfer.due_at = transfer.leased_until = now
    transfer.save()
    return transfer.pk


def a_conflict(owner: Member) -> int:
    from yutang.customers.models import Conflict
    from yutang.customers.tests import builders

    builders.who(owner.workspace, unionid="u1", phone="13800138000")
    builders.who(owner.workspace, unionid="u1", phone="13900139000")
    return Conflict.objects.within(owner.workspace).get().pk


def a_field(owner: Member) -> str:
    body = {"name": "size", "kind": "number", "zh": "码", "en": "Size"}
    response = as_member(owner).post("/customers/fields", body)
    assert response.status_code in {201, 409}, response.content
    return "size"


def a_kind(owner: Member) -> str:
    body = {"zh": "卡", "en": "Card", "is_strong": True, "is_single": True, "priority": 75}
    assert as_member(owner).put("/customers/identity-kinds/card", body).status_code == 200
    return "card"


def a_sending(owner: Member) -> int:
    from yutang.reach.tests import builders

    return builders.a_sending(owner.workspace).pk


def a_delivery(owner: Member) -> object:
    from yutang.reach.models import Delivery
    from yutang.reach.tests import builders

    builders.send(builders.a_sending(owner.workspace), [a_customer(owner)])
    return Delivery.objects.within(owner.workspace).get().token


def a_suppression(owner: Member) -> int:
    from yutang.reach.models import Suppression

    body = {"customer_ids": [a_customer(owner)]}
    assert as_member(owner).post("/reach/suppressions", body).status_code == 201
    return Suppression.objects.within(owner.workspace).get().pk


def a_phrase_group(owner: Member) -> int:
    return posted("/guides/phrase-groups", {"name": "开场", "is_shared": True})(owner)


def a_phrase(owner: Member) -> int:
    groups = as_member(owner).get("/guides/phrase-groups").json()["items"]
    group = groups[0]["id"] if groups else a_phrase_group(owner)
    return posted("/guides/phrases", {"group_id": group, "title": "问好", "text": "在吗"})(owner)


def a_goal(owner: Member) -> int:
    body = {"measure": "sales", "month": "2026-11-01", "target": 100}
    return as_member(owner).put("/guides/goals", body).json()["id"]


def a_live_code(owner: Member) -> int:
    from yutang.acquisition.tests import builders

    return builders.a_live_code(owner).pk


def a_cost(owner: Member) -> int:
    from yutang.acquisition.models import SourceChannel

    channel = SourceChannel.objects.within(owner.workspace).latest("pk").pk
    body = {"spent_on": "2026-03-01", "amount_fen": 100}
    return posted(f"/acquisition/channels/{channel}/costs", body)(owner)


# How the Tea House gets one of whatever an address names: (app, parameter), or in any app.
THINGS: dict[tuple[str, str], Callable[[Member], object]] = {
    ("workspaces", "department_id"): posted("/departments", {"name": "华东区"}),
    ("workspaces", "job_id"): a_job,
    ("workspaces", "key_id"): lambda owner: (
        workspaces.create_key(
            owner, name="till", permissions=["tags.read"], expires_at=None, now=clock.now()
        )[0].pk
    ),
    ("workspaces", "member_id"): lambda owner: workspaces.members_of(owner.workspace).first().pk,
    ("workspaces", "session_id"): lambda owner: (
        workspaces.my_sessions(owner.user, now=clock.now()).first().pk
    ),
    ("workspaces", "staff_id"): posted("/staff", {"name": "小林"}),
    ("workspaces", "store_id"): posted("/stores", {"name": "静安店"}),
    ("workspaces", "workspace_id"): lambda owner: owner.workspace.pk,
    ("acquisition", "channel_id"): posted("/acquisition/channels", {"name": "抖音"}),
    ("acquisition", "code_id"): a_live_code,
    ("acquisition", "cost_id"): a_cost,
    ("acquisition", "staff_id"): posted("/staff", {"name": "小林"}),
    ("audiences", "audience_id"): posted("/audiences", {"name": "常客"}),
    ("audiences", "rule_id"): a_rule,
    ("guides", "goal_id"): a_goal,
    ("guides", "hit_id"): a_chat_hit("pk"),
    ("guides", "message_id"): a_chat_hit("message_id"),
    ("guides", "group_id"): a_phrase_group,
    ("guides", "phrase_id"): a_phrase,
    ("guides", "word_id"): posted("/guides/words", {"word": "最低价"}),
    ("journeys", "journey_id"): a_running_journey,
    ("journeys", "number"): lambda _: 1,
    ("journeys", "subject"): lambda _: 1,
    ("journeys", "ready"): lambda _: "cart",
    ("journeys", "task_id"): a_staff_task,
    ("wecom", "task_id"): a_mass_message,
    ("wecom", "sending_id"): a_sending_to_groups,
    ("wecom", "transfer_id"): a_transfer,
    ("customers", "conflict_id"): a_conflict,
    ("customers", "dependant_id"): a_dependant,
    ("customers", "erasure_id"): an_erasure,
    ("customers", "field_name"): a_field,
    ("customers", "group_id"): posted("/customers/groups", {"name": "福利群"}),
    ("customers", "identity_id"): lambda _: 1,
    ("customers", "kind"): lambda _: "staff",
    ("customers", "kind_name"): a_kind,
    ("customers", "merge_id"): a_merge,
    ("customers", "target"): lambda _: 1,
    ("events", "property_name"): lambda _: "size",
    ("events", "type_name"): posted(
        "/event-types",
        {"name": "tasted", "properties": [{"name": "size", "kind": "text"}]},
        named="name",
    ),
    ("", "customer_id"): a_customer,
    ("reach", "channel_id"): posted(
        "/channels", {"adapter": "paper", "name": "纸上", "channel": "sms"}
    ),
    ("reach", "material_id"): a_material,
    ("reach", "message_id"): posted(
        "/messages",
        {
            "name": "上新",
            "channel": "wecom",
            "parts": [{"kind": "text", "text": "新茶到店了"}],
        },
    ),
    ("reach", "number"): lambda _: 1,
    ("reach", "sending_id"): a_sending,
    ("reach", "suppression_id"): a_suppression,
    ("reach", "token"): a_delivery,
    ("tags", "group_id"): posted("/tags/groups", {"name": "意向", "kind": "other"}),
    ("tags", "tag_id"): a_tag,
    ("tracking", "hook_id"): a_hook,
    ("tracking", "import_id"): an_import,
    ("wecom", "corp_id"): wecoms("her_corp"),
    ("wecom", "run_id"): wecoms("her_sync"),
    ("wecom", "failure_id"): wecoms("her_failure"),
    ("tracking", "site_id"): posted("/sites", {"name": "商城", "origins": ["https://a.example"]}),
}
# What an address must be asked with, as the Tea House would ask.
QUERIES: dict[str, Callable[[Member], dict[str, object]]] = {
    "/acquisition/codes/{int:code_id}/statistics": lambda _: {
        "first": "2026-11-01",
        "last": "2026-11-03",
    },
    "/audiences/{int:audience_id}/count": lambda _: {"at": clock.now().isoformat()},
    "/audiences/{int:audience_id}/growth": lambda _: {"first": "2026-11-01", "last": "2026-11-03"},
    "/guides/goals": lambda _: {"month": "2026-11-01"},
    "/guides/team": lambda _: {"first": "2026-11-01", "last": "2026-11-30"},
    "/guides/team/losses": lambda _: {"first": "2026-11-01", "last": "2026-11-30"},
    "/messages/{int:message_id}/versions/{int:number}/gaps": lambda owner: {
        "audience_id": posted("/audiences", {"name": "常客"})(owner)
    },
    "/reach/rates": lambda _: {
        "since": "2026-03-01T00:00:00Z",
        "until": "2026-04-01T00:00:00Z",
    },
    "/tags/customers": lambda owner: {"customer_id": a_customer(owner)},
    "/tags/{int:tag_id}/merge": lambda owner: {"into_id": a_tag(owner)},
}
