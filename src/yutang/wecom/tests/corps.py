"""A corp as its platform tells it: the truth of a test, which says what the sync must bring about.

It answers like the platform does where the sync asks; what it is told to refuse, it refuses.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from yutang.customers.models import Customer, Group, Identity, Relation, RelationKind
from yutang.kit.errors import DomainError
from yutang.tags.models import Tagging
from yutang.wecom import service as wecom
from yutang.wecom.models import Corp, CorpState, Failure, StaffAccount, SyncRun
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import a_workspace

__all__ = ["NOON", "Refused", "Town", "a_chat", "a_corp", "a_friend", "seen", "sync"]

NOON = datetime(2026, 11, 1, 4, tzinfo=UTC)


class Refused(DomainError):
    """The platform says no."""

    status = 502
    zh = "企业微信拒绝了：{errcode}。"
    en = "WeCom refused: {errcode}."

    @property
    def errcode(self) -> int:
        return int(str(self.params["errcode"]))


@dataclass
class Town:
    """What is in the corp; `refusing` are codes by interface and the first thing asked for."""

    departments: list[dict[str, Any]] = field(
        default_factory=lambda: [{"id": 1, "name": "茶馆", "parentid": 0, "order": 1}]
    )
    members: dict[str, dict[str, Any]] = field(default_factory=dict)
    friends: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    contacts: dict[str, dict[str, Any]] = field(default_factory=dict)
    tag_groups: list[dict[str, Any]] = field(default_factory=list)
    chats: dict[str, dict[str, Any]] = field(default_factory=dict)
    ways: dict[str, dict[str, Any]] = field(default_factory=dict)
    links: dict[str, dict[str, Any]] = field(default_factory=dict)
    refusing: dict[tuple[str, str], int] = field(default_factory=dict)
    refusals: dict[str, DomainError] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    page: int = 100
    most_tags: int = 100
    dying_after: int = -1  # calls; then the process is as good as killed

    def __call__(self, api: str, asked: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        given = dict(asked or {})
        self.asked.append(api)
        if self.dying_after == 0:
            raise SystemExit("killed")
        self.dying_after -= 1
        if api in self.refusals:
            raise self.refusals[api]
        what = str(next(iter(given.values()), ""))
        for key in ((api, what), (api, "")):
            if key in self.refusing:
                raise Refused(errcode=self.refusing[key])
        answer: Mapping[str, Any] = getattr(self, "_" + api.replace("/", "_"))(given)
        return answer

    def _department_list(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"department": self.departments}

    def _user_list(self, given: dict[str, Any]) -> dict[str, Any]:
        mine = [
            each for each in self.members.values() if given["department_id"] in each["department"]
        ]
        return {"userlist": mine}

    def _user_get(self, given: dict[str, Any]) -> dict[str, Any]:
        if given["userid"] not in self.members:
            raise Refused(errcode=60111)
        return self.members[given["userid"]]

    def _externalcontact_get_follow_user_list(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"follow_user": list(self.members)}

    def _externalcontact_batch_get_by_user(self, given: dict[str, Any]) -> dict[str, Any]:
        unknown = [each for each in given["userid_list"] if each not in self.members]
        if unknown:
            raise Refused(errcode=60111)
        mine = sorted(pair for pair in self.friends if pair[0] in given["userid_list"])
        begin = int(given["cursor"] or 0)
        some = mine[begin : begin + self.page]
        rows = [
            {
                "external_contact": self.contacts[external],
                "follow_info": self.friends[userid, external] | {"userid": userid},
            }
            for userid, external in some
        ]
        ends = begin + self.page >= len(mine)
        return {
            "external_contact_list": rows,
            "next_cursor": "" if ends else str(begin + self.page),
        }

    def _externalcontact_list(self, given: dict[str, Any]) -> dict[str, Any]:
        mine = [external for userid, external in self.friends if userid == given["userid"]]
        if not mine:
            raise Refused(errcode=84061)
        return {"external_userid": mine}

    def _externalcontact_get(self, given: dict[str, Any]) -> dict[str, Any]:
        external = given["external_userid"]
        names = {tag["id"]: tag for group in self.tag_groups for tag in group["tag"]}
        follow = [
            {key: value for key, value in told.items() if key != "tag_id"}
            | {
                "userid": userid,
                "tags": [
                    {"tag_id": tag, "tag_name": names[tag]["name"], "type": 1}
                    for tag in told["tag_id"]
                ],
            }
            for (userid, whom), told in self.friends.items()
            if whom == external
        ]
        if not follow:
            raise Refused(errcode=84061)
        return {"external_contact": self.contacts[external], "follow_user": follow}

    def _externalcontact_get_corp_tag_list(self, given: dict[str, Any]) -> dict[str, Any]:
        wanted = set(given.get("tag_id") or ())
        found = []
        for group in self.tag_groups:
            some = [tag for tag in group["tag"] if not wanted or tag["id"] in wanted]
            if some:
                found.append(group | {"tag": some})
        return {"tag_group": found}

    def _externalcontact_add_corp_tag(self, given: dict[str, Any]) -> dict[str, Any]:
        if sum(len(group["tag"]) for group in self.tag_groups) >= self.most_tags:
            raise Refused(errcode=40126)
        group = next(
            (each for each in self.tag_groups if each["group_id"] == given.get("group_id")), None
        )
        if group is None:
            number = f"g{len(self.tag_groups) + 50}"
            group = {"group_id": number, "group_name": given["group_name"], "tag": []}
            self.tag_groups.append(group)
        made = {"id": f"new{len(self.asked)}", "name": given["tag"][0]["name"]}
        group["tag"].append(made)
        return {"tag_group": group | {"tag": [made]}}

    def _externalcontact_mark_tag(self, given: dict[str, Any]) -> dict[str, Any]:
        friend = self.friends.get((given["userid"], given["external_userid"]))
        if friend is None:
            raise Refused(errcode=84061)
        kept = set(friend["tag_id"]) | set(given["add_tag"])
        friend["tag_id"] = sorted(kept - set(given["remove_tag"]))
        return {}

    def _externalcontact_groupchat_list(self, given: dict[str, Any]) -> dict[str, Any]:
        mine = sorted(self.chats)
        begin = int(given["cursor"] or 0)
        ends = begin + self.page >= len(mine)
        rows = [{"chat_id": chat, "status": 0} for chat in mine[begin : begin + self.page]]
        return {"group_chat_list": rows, "next_cursor": "" if ends else str(begin + self.page)}

    def _externalcontact_groupchat_get(self, given: dict[str, Any]) -> dict[str, Any]:
        if given["chat_id"] not in self.chats:
            raise Refused(errcode=90501)
        return {"group_chat": self.chats[given["chat_id"]]}

    def _externalcontact_list_contact_way(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"contact_way": [{"config_id": each} for each in self.ways]}

    def _externalcontact_get_contact_way(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"contact_way": self.ways[given["config_id"]]}

    def _externalcontact_customer_acquisition_list_link(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"link_id_list": list(self.links)}

    def _externalcontact_customer_acquisition_get(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"link": self.links[given["link_id"]]}


def a_chat(town: Town, chat: str, name: str, *externals: str, owner: str = "LinYue") -> None:
    """Let there be a group of these contacts."""
    joined = int((NOON - timedelta(days=9)).timestamp())
    town.chats[chat] = {
        "chat_id": chat,
        "name": name,
        "owner": owner,
        "create_time": joined,
        "member_list": [
            {"userid": owner, "type": 1, "join_time": joined, "join_scene": 1},
            *(
                {"userid": each, "type": 2, "join_time": joined, "join_scene": 3, "name": each}
                for each in externals
            ),
        ],
        "member_version": "1",
    }


def a_friend(
    town: Town,
    external: str,
    userid: str = "LinYue",
    *,
    days: int = 100,
    tags: tuple[str, ...] = (),
    **more: Any,
) -> None:
    """Let somebody be a member's friend since so many days before noon."""
    contact = town.contacts.setdefault(
        external, {"external_userid": external, "type": 1, "gender": 2, "name": f"客户{external}"}
    )
    for name in ("name", "unionid", "gender"):
        if name in more:
            contact[name] = more.pop(name)
    town.members.setdefault(
        userid, {"userid": userid, "name": userid, "department": [1], "status": 1}
    )
    town.friends[userid, external] = {
        "remark": "",
        "description": "",
        "createtime": int((NOON - timedelta(days=days)).timestamp()),
        "tag_id": list(tags),
        "add_way": 1,
        "state": "",
    } | more


def a_corp(workspace: Workspace | None = None) -> Corp:
    return Corp.objects.create(
        workspace=workspace or a_workspace(),
        corp_id="ww0a1b2c3d4e5f6071",
        agent_id=1000002,
        name="茶馆",
        secret="sealed",
        state=CorpState.ACTIVE,
        created_at=NOON,
        changed_at=NOON,
    )


_clock = [NOON]


def tick() -> datetime:
    """Return an instant a moment after the one before."""
    _clock[0] += timedelta(milliseconds=1)
    return _clock[0]


def sync(corp: Corp, town: Town, *, anew: bool = True) -> SyncRun:
    """Bring everything over, in a run of its own or the one that is unfinished."""
    running = wecom.syncs_of(corp).filter(state="running").first()
    run = running or wecom.begin_run(corp, actor="user:1", anew=anew, now=tick())
    assert wecom.run_sync(run.pk, lambda _: town, clock=tick)
    run.refresh_from_db()
    return run


def seen(corp: Corp) -> dict[str, Any]:
    """Return what our side shows of a corp: the same for the same truth, however it came about."""
    workspace = corp.workspace_id
    identities = Identity.objects.within(workspace).filter(name="external_userid")
    customers = dict(identities.values_list("customer_id", "value"))
    staff = dict(
        StaffAccount.objects.within(workspace).filter(corp=corp).values_list("staff", "userid")
    )
    names = dict(Customer.objects.within(workspace).values_list("pk", "name"))
    groups = dict(
        Group.objects.within(workspace).filter(archived_at=None).values_list("pk", "name")
    )
    relations = Relation.objects.within(workspace).filter(is_hidden=False)
    taggings = Tagging.objects.within(workspace).values_list(
        "customer", "tag__group__name", "tag__name"
    )
    return {
        "people": sorted((external, names[number]) for number, external in customers.items()),
        "friends": sorted(
            (staff[each.target], customers[each.customer_id], each.remark, each.source, each.since)
            for each in relations.filter(kind=RelationKind.STAFF)
        ),
        "groups": sorted(
            (groups.get(each.target, "retired"), customers[each.customer_id], each.since)
            for each in relations.filter(kind=RelationKind.GROUP)
        ),
        "tags": sorted((customers[who], group, tag) for who, group, tag in taggings),
    }


def her_corp(owner: Member) -> int:
    """Return the one corp of a member's workspace, active."""
    mine = Corp.objects.within(owner.workspace)
    corp = mine.first() or a_corp(owner.workspace)
    mine.update(state=CorpState.ACTIVE)
    return corp.pk


def her_sync(owner: Member) -> int:
    """Return a run of it, made for the purpose unless one runs."""
    corp = wecom.corp_of(owner.workspace, her_corp(owner))
    running = wecom.syncs_of(corp).filter(state="running").first()
    return (running or wecom.begin_run(corp, actor=owner.actor, now=tick())).pk


def her_failure(owner: Member) -> int:
    """Return something that did not go."""
    failure = Failure(workspace=owner.workspace, corp_id=her_corp(owner), subject="groups")
    failure.key, failure.at = f"wr{tick().microsecond}", tick()
    failure.save()
    return failure.pk
