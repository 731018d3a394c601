"""The demo goes on: its corp is connected to the sandbox beside it, and people live.

They live as soon as the first sync has read who the guides are: what they do meanwhile is told by callbacks and
the till, in whatever order, as in any corp that is connected while it is in use. Each step is looked for before it is
done, so that any start goes on where the last one ended.
"""

import base64
import secrets
from datetime import datetime
from urllib.parse import urlsplit

import structlog
from django.conf import settings

from yutang.config.beside import Beside, beside_here
from yutang.config.demo.entering import goods
from yutang.config.demo.history import owner_of
from yutang.config.demo.making import DEMO_SLUG
from yutang.config.demo.places import BRAND, STAFF
from yutang.config.demo.speaking import greet_newcomers, write_to_groups_and_post
from yutang.guides import service as guides
from yutang.guides.models import Severity, WordRule
from yutang.kit import clock
from yutang.kit.pulse import pulse
from yutang.reach import service as reach
from yutang.wecom import service as wecom
from yutang.wecom.models import Corp, CorpState, Subject, SyncRun
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = ["connect", "go_on_living", "ways_in"]

log = structlog.get_logger(__name__)
_HOURS_A_SECOND = 24 / 60  # at one day in a minute
# As many come as go, most of them people who were there already: left alone for weeks, the demo does not swell.
_LIFE = {"inflow": 0.002, "outflow": 0.002, "familiar": 0.9}
_CONFIRMED_WITHIN = 120.0  # seconds, about, until a guide does what waits for her
_WORDS = {"私人微信": Severity.HIGH, "转账": Severity.HIGH, "降血压": Severity.MEDIUM}
_living: set[str] = set()  # the sandboxes whose people this process has set in motion
_heard: set[str] = set()  # those whose groups the brand has written to


def connect(beside: Beside, *, now: datetime) -> None:
    """Connect the demo's corp, if the sandbox has it, at the address the sandbox has today."""
    workspace = _demo()
    if workspace is None:
        return
    member = owner_of(workspace)
    corp = wecom.corps_of(workspace).order_by("pk").first()
    there = beside.corps()
    if corp is None:
        found = [each for each in there.values() if each["name"] == BRAND]
        if not found:
            return  # a demo that was made without a sandbox
        app = found[0]["apps"][0]
        corp = wecom.add_corp(
            member,
            corp_id=found[0]["id"],
            agent_id=app["agent"],
            secret=app["secret"],
            name=BRAND,
            base=beside.base,
            now=now,
        )
    elif corp.corp_id in there and corp.base != beside.base:
        wecom.change_corp(member, corp.pk, base=beside.base, now=now)


def ways_in(beside: Beside) -> list[str]:
    """Return what to tell of the living demo at the start: addresses to look at, and who waits."""
    workspace = _demo()
    corp = wecom.corps_of(workspace).order_by("pk").first() if workspace else None
    if corp is None:
        return []
    home = settings.YUTANG_PUBLIC_URL.rstrip("/")
    return [
        f"  手机 phone    {beside.base}/sandbox/#{corp.corp_id}/G001   （{STAFF[0][0]}的群发等你来点 confirm as {STAFF[0][0]}）",
        f"  侧边栏 sidebar {home}/wecom/oauth/{corp.door}",
        f"  演示 demo     {home}/w/{DEMO_SLUG}   （每分钟过 {beside.days_a_minute:g} 天 days lived a minute）",
    ]


@pulse("demo.living", every=2.0)
def go_on_living() -> bool:
    """Do the next step until people live; then rest."""
    beside = beside_here()
    if beside is None or beside.base in _living & _heard:
        return False
    workspace = _demo()
    corp = wecom.corps_of(workspace).order_by("pk").first() if workspace else None
    if (
        workspace is None
        or corp is None
        or corp.base != beside.base
        or corp.corp_id not in beside.corps()
    ):
        return False
    member = owner_of(workspace)
    _be_called_back(beside, member, corp)
    _open_way_out(member, corp)
    _be_archived(beside, member, corp)
    corp.refresh_from_db()
    run = wecom.syncs_of(corp).first()
    if run is None:
        wecom.begin_sync(member, corp, now=clock.now())
    elif beside.base not in _living and _has_read(run, Subject.STAFF):
        # Whom friends are friends of is known by name from then on.
        greet_newcomers(member, corp, now=clock.now())
        _set_in_motion(beside, member, corp)
        _living.add(beside.base)
    elif beside.base in _living and _has_read(run, Subject.GROUPS):
        write_to_groups_and_post(member, now=clock.now())
        _heard.add(beside.base)
    return False


def _has_read(run: SyncRun, subject: Subject) -> bool:
    done, parts = wecom.parts_of_sync(run).get(subject, (0, 1))
    return done == parts


def _be_called_back(beside: Beside, member: Member, corp: Corp) -> None:
    """Give the sandbox the address of this Yutang, and switch the corp on."""
    home = urlsplit(settings.YUTANG_PUBLIC_URL)
    app = beside.corps()[corp.corp_id]["apps"][0]
    url = f"http://{_here()}{urlsplit(wecom.callback_url(corp)).path}"
    side = f"{settings.YUTANG_PUBLIC_URL.rstrip('/')}/wecom/oauth/{corp.door}"
    if (app["url"], app["home"]) != (url, side):
        token, key = secrets.token_hex(16), base64.b64encode(secrets.token_bytes(32)).decode()[:43]
        words: dict[wecom.SecretName, str] = {"callback_token": token, "callback_key": key}
        wecom.change_corp(member, corp.pk, secrets=words, now=clock.now())
        given = {"url": url, "token": token, "key": key, "home": side, "domain": home.hostname}
        beside.post(f"/corps/{corp.corp_id}/apps", given)
    if corp.state == CorpState.DRAFT:
        wecom.change_corp(member, corp.pk, state=CorpState.ACTIVE, now=clock.now())


def _open_way_out(member: Member, corp: Corp) -> None:
    """Have a way to send mass messages by."""
    if not reach.accounts_of(member.workspace).filter(adapter="wecom").exists():
        reach.add_account(
            member,
            adapter="wecom",
            name="企业微信 · 群发",
            settings={"corp_id": corp.corp_id},
            now=clock.now(),
        )


def _be_archived(beside: Beside, member: Member, corp: Corp) -> None:
    """Read what is said in chats, and mind some words in them; who cut that stays without."""
    if corp.archive_secret and corp.archive_base in {"", beside.base}:
        return
    if not corp.archive_secret:
        for word, severity in _WORDS.items():
            guides.add_word(member, word, WordRule.BLOCK, severity=severity, now=clock.now())
    words: dict[wecom.SecretName, str] = {
        "archive_secret": beside.post(f"/corps/{corp.corp_id}/archive", {})["secret"]
    }
    wecom.change_corp(member, corp.pk, archive_base=beside.base, secrets=words, now=clock.now())


def _set_in_motion(beside: Beside, member: Member, corp: Corp) -> None:
    """Let people live at the chosen speed, with a till that has a key to this Yutang."""
    place = f"/corps/{corp.corp_id}/population"
    before = beside.post(place, {})
    key = (
        before["shop_key"]
        or workspaces.create_key(
            member,
            name="门店收银 till",
            permissions=["events.write"],
            expires_at=None,
            now=clock.now(),
        )[1]
    )
    speed = beside.days_a_minute * _HOURS_A_SECOND
    hosts = {_here().split(":")[0], urlsplit(settings.YUTANG_PUBLIC_URL).hostname or ""}
    life = {
        "speed": speed,
        "diligence": min(2 / (_CONFIRMED_WITHIN * speed), 1.0),  # half of their hours are at work
        "taps": sorted(hosts),
        "shop_url": f"http://{_here()}/api/v1/events",
        "shop_key": key,
        "goods": goods(),
    }
    beside.post(place, _LIFE | life)
    log.info("the demo lives", workspace=member.workspace.pk, days_a_minute=beside.days_a_minute)


def _here() -> str:
    """Return where this Yutang is heard on this machine."""
    host = settings.YUTANG_HOST
    return f"{'127.0.0.1' if host in {'0.0.0.0', '::'} else host}:{settings.YUTANG_PORT}"  # noqa: S104


def _demo() -> Workspace | None:
    return workspaces.workspaces_of_everyone().filter(slug=DEMO_SLUG, is_demo=True).first()
