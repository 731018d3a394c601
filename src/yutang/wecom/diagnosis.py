"""Set-up looked at from end to end: each thing that must be right, whether it is, and where to change it.

Only what changes nothing is asked. What is wrong with the way there (network, secret, trusted IP) ends the look
at the platform: all behind it would only say the same.
"""

from collections.abc import Generator, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec

from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.wecom.archive.looking import look_at_archive
from yutang.wecom.callbacks.checking import look_at_callbacks
from yutang.wecom.client import wire
from yutang.wecom.client.client import Client
from yutang.wecom.client.errors import AddressNotTrusted, NoAnswer, PlatformRefused, refusal_of
from yutang.wecom.client.tokens import forget_refusal
from yutang.wecom.findings import Finding, State, told_by
from yutang.wecom.models import Corp

__all__ = ["diagnose"]

_APP = Text("企业微信管理后台 › 应用管理 › 应用详情", "WeCom console › Apps › the app’s own page")
_RANGE = Text(
    "企业微信管理后台 › 应用管理 › 应用详情 › 可见范围",
    "WeCom console › Apps › the app › Visible range",
)
_CALLERS = Text(
    "企业微信管理后台 › 客户与上下游 › 客户联系 › API › 可调用接口的应用",
    "WeCom console › Customers › Customer Contact › API › Apps that may call",
)
_TRUSTED = Text(
    "企业微信管理后台 › 应用管理 › 应用详情 › 企业可信 IP",
    "WeCom console › Apps › the app › Trusted IPs",
)
_FUNCTION = Text(
    "企业微信管理后台 › 客户与上下游 › 客户联系 › 配置 › 使用范围",
    "WeCom console › Customers › Customer Contact › Settings › Who may use it",
)
_SERVER = Text("服务器的时钟（NTP）", "the server’s clock (NTP)")
_SECRET = Text("企业 ID 和 Secret", "Corp ID and Secret")
_ADDRESS = Text("企业可信 IP", "Trusted IP")
_CLOCK = Text("时钟", "Clock")
_SEES = Text("可见范围", "Visible range")
_USES = Text("客户联系权限", "Client-contact function")
_CLOCK_MAY_DIFFER = timedelta(seconds=60)


def diagnose(corp: Corp, *, now: datetime) -> list[Finding]:
    """Look at everything that must be right for a corp; it takes some seconds."""
    return [*_platform(corp, now), look_at_callbacks(corp, now=now), look_at_archive(corp)]


def _platform(corp: Corp, now: datetime) -> Iterator[Finding]:
    forget_refusal(corp)
    client = Client(corp, is_diagnosis=True)
    try:
        token = client.token()
    except DomainError as refused:
        yield Finding("secret", State.WRONG, _SECRET, told_by(refused), _APP)
        return
    fine = Text("企业微信认可这个 ID 和 Secret。", "WeCom accepts the ID and the Secret.")
    yield Finding("secret", State.FINE, _SECRET, fine, _APP)
    query = {"access_token": token, "agentid": str(corp.agent_id)}
    try:
        got = wire.ask(corp.base, "agent/get", query, seconds=8)
        agent = msgspec.json.decode(got.body)
    except (NoAnswer, msgspec.DecodeError):
        said = Text("企业微信没有可用的回答。", "WeCom gave no usable answer.")
        yield Finding("address", State.UNSURE, _ADDRESS, said, _TRUSTED)
        return
    no = _refusal(agent)
    yield _address(no)
    if isinstance(no, AddressNotTrusted):
        return
    yield from _clock(got.at, now)
    yield _range(agent, no)
    follower = yield from _followers(client)
    yield from _functions(client, follower, now)


def _refusal(answer: Mapping[str, Any]) -> PlatformRefused | None:
    errcode = int(answer.get("errcode") or 0)
    return refusal_of("agent/get", errcode, str(answer.get("errmsg", ""))) if errcode else None


def _address(refused: PlatformRefused | None) -> Finding:
    if isinstance(refused, AddressNotTrusted):
        return Finding("address", State.WRONG, _ADDRESS, told_by(refused), _TRUSTED)
    fine = Text("企业微信接受这台服务器的调用。", "WeCom takes calls from this server.")
    return Finding("address", State.FINE, _ADDRESS, fine, _TRUSTED)


def _clock(theirs: datetime | None, now: datetime) -> Iterator[Finding]:
    if theirs is None:
        return
    seconds = round(abs((theirs - now).total_seconds()))
    if timedelta(seconds=seconds) <= _CLOCK_MAY_DIFFER:
        said = Text("与企业微信的时钟一致。", "It agrees with WeCom’s.")
        yield Finding("clock", State.FINE, _CLOCK, said, _SERVER)
        return
    said = Text(
        f"与企业微信差 {seconds} 秒。回调、登录和统计都靠时钟，请打开时间同步。",
        f"It differs from WeCom’s by {seconds} seconds. Callbacks, sign-in and statistics need it: let it be synchronised.",
    )
    yield Finding("clock", State.WRONG, _CLOCK, said, _SERVER)


def _range(agent: Mapping[str, Any], refused: PlatformRefused | None) -> Finding:
    if refused is not None:
        return Finding("range", State.WRONG, _SEES, told_by(refused), _APP)
    if agent.get("close"):
        said = Text("应用已停用。请在详情页启用。", "The app is switched off. Switch it on.")
        return Finding("range", State.WRONG, _SEES, said, _APP)
    users = len(_inside(agent, "allow_userinfos", "user"))
    parties = len(_inside(agent, "allow_partys", "partyid"))
    labels = len(_inside(agent, "allow_tags", "tagid"))
    if not users + parties + labels:
        said = Text(
            "应用看不到任何成员。请把门店和导购所在的部门加进可见范围。",
            "The app sees no member. Add the departments of stores and guides to its range.",
        )
        return Finding("range", State.WRONG, _SEES, said, _RANGE)
    said = Text(
        f"应用能看到 {parties} 个部门、{users} 位成员、{labels} 个标签。",
        f"The app sees {parties} departments, {users} members and {labels} member tags.",
    )
    return Finding("range", State.FINE, _SEES, said, _RANGE)


def _inside(agent: Mapping[str, Any], name: str, inner: str) -> list[object]:
    found = agent.get(name)
    inside = found.get(inner) if isinstance(found, dict) else None
    return inside if isinstance(inside, list) else []


def _followers(client: Client) -> Generator[Finding, None, str]:
    """Tell who has the function; return one of them, to ask further about."""
    try:
        answer = client.call("externalcontact/get_follow_user_list", patience=3)
    except DomainError as refused:
        yield Finding("function", State.WRONG, _USES, told_by(refused), _CALLERS)
        return ""
    users = answer.get("follow_user") or []
    if not users:
        said = Text(
            "可见范围里没有成员开通客户联系，收不到任何客户。请在使用范围里加上导购。",
            "No member within the range has the client-contact function, so there are no customers. Add the guides.",
        )
        yield Finding("function", State.WRONG, _USES, said, _FUNCTION)
        return ""
    said = Text(f"{len(users)} 位成员开通了客户联系。", f"{len(users)} members have the function.")
    yield Finding("function", State.FINE, _USES, said, _FUNCTION)
    return str(users[0])


def _functions(client: Client, follower: str, now: datetime) -> Iterator[Finding]:
    """Ask each family of APIs for the least there is."""
    end = int(now.timestamp())
    lately = {"start_time": end - 86_400, "end_time": end, "limit": 1}
    asked: list[tuple[str, Text, str, dict[str, Any] | None]] = [
        ("directory", Text("通讯录", "Directory"), "department/list", None),
        (
            "tags",
            Text("企业标签", "Corp tags"),
            "externalcontact/get_corp_tag_list",
            {"tag_id": [], "group_id": []},
        ),
        (
            "contact_ways",
            Text("渠道活码", "Contact ways"),
            "externalcontact/list_contact_way",
            {"limit": 1},
        ),
        (
            "links",
            Text("获客助手", "Acquisition links"),
            "externalcontact/customer_acquisition/list_link",
            {"limit": 1},
        ),
        (
            "mass",
            Text("群发助手", "Mass messages"),
            "externalcontact/get_groupmsg_list_v2",
            {"chat_type": "single"} | lately,
        ),
        (
            "moments",
            Text("客户朋友圈", "Moments"),
            "externalcontact/get_moment_list",
            lately,
        ),
    ]
    if follower:
        owners = {"userid_list": [follower]}
        asked[1:1] = [
            (
                "customers",
                Text("客户资料", "Customers"),
                "externalcontact/batch/get_by_user",
                owners | {"limit": 1},
            ),
            (
                "groups",
                Text("客户群", "Customer groups"),
                "externalcontact/groupchat/list",
                {"limit": 1, "owner_filter": owners},
            ),
        ]
    for name, label, api, body in asked:
        yield _function(client, name, label, api, body)


def _function(
    client: Client, name: str, label: Text, api: str, body: dict[str, Any] | None
) -> Finding:
    fine = Text("可以使用。", "It may be used.")
    try:
        client.call(api, body, patience=3)
    except PlatformRefused as refused:
        if refused.errcode != 84061:  # nobody has a customer yet: allowed all the same
            return Finding(name, State.WRONG, label, told_by(refused), _CALLERS)
    except DomainError as silence:
        return Finding(name, State.UNSURE, label, told_by(silence), _CALLERS)
    return Finding(name, State.FINE, label, fine, _CALLERS)
