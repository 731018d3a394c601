"""`yutang audience`: ask a question, or why somebody is in the answer, from the command line."""

import json
import re
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from datetime import datetime

    from yutang.audiences.service import Preview, Reason
    from yutang.kit.errors import DomainError
    from yutang.kit.i18n import Language
    from yutang.workspaces.models import Workspace
    from yutang.workspaces.service import Member

__all__ = ["EXAMPLES", "command"]

# Each pair says the same. A test reads them all.
EXAMPLES = (
    ("近30天收藏≥1次", "favourited at least 1 time in the last 30 days"),
    ("近90天没有下单", "not ordered in the last 90 days"),
    (
        "近90天下单的金额合计≥500元",
        "for ordered in the last 90 days the total amount is at least ¥500",
    ),
    (
        "近30天浏览的品类种数≥3",
        "for viewed in the last 30 days the number of different category is at least 3",
    ),
    (
        "近1年下单（金额≥100元）≥2次",
        "ordered (amount is at least ¥100) at least 2 times in the last 1 year",
    ),
    ("首次下单满30天", "the first ordered is at least 30 days ago"),
    ("最近一次下单不满90天", "the last ordered is less than 90 days ago"),
    ("上月活跃的天数≥3天", "active on at least 3 days last month"),
    (
        "2026-11-01至2026-11-11加购",
        "added to cart at least 1 time between 2026-11-01 and 2026-11-11",
    ),
    ("曾依次浏览→下单（每步7天内）", "ever in order viewed then ordered (each within 7 days)"),
    (
        "近30天依次加购，之后1天内没有下单",
        "in the last 30 days in order added to cart, then not ordered within 1 day",
    ),
    (
        "城市=北京 且 （性别=女 或 入会满1年）",
        "City is 北京 and (Gender is female or Member since is at least 1 year ago)",
    ),
)
_LISTED = "\n".join(f"  {zh}\n      {en}" for zh, en in EXAMPLES)
HELP = f"""Ask who meets a condition, in a sentence, Chinese or English, and why somebody does or does not.

\b
  yutang audience count   "近30天收藏≥1次 且 近7天活跃"
  yutang audience count   "近30天收藏≥1次" --at "2026-11-11 20:00" --who 5 --json
  yutang audience explain "近30天收藏≥1次" --customer 1024
  yutang audience explain "近30天收藏≥1次" --customer phone:13800138000
  yutang audience words

且 and 或, and and or, join tests; 非（…） and not (…) turn them round; brackets group. Each of these is a
test, in either language:

\b
{_LISTED}

`words` lists the events, properties, attributes and tags of the workspace that a sentence can name. A
sentence that cannot be read is answered with the place and what was expected there.

On the embedded engines stop `yutang up` first, or ask in the console: one process has them.
"""
_AT = "As of this day (to its end) or instant, such as 2026-11-11 or “2026-11-11 20:00”."


@click.group(help=HELP)
def command() -> None:
    pass


@command.command(help="Count who meets a condition, now or as of an earlier instant.")
@click.argument("sentence")
@click.option("--at", help=_AT)
@click.option("--who", type=click.IntRange(0, 50), default=0, help="Name so many of them.")
@click.option("--workspace", help="Its slug; not needed where there is one.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
def count(sentence: str, at: str | None, who: int, workspace: str | None, *, as_json: bool) -> None:
    with _asking(sentence, as_json=as_json):
        from yutang.audiences import service as audiences

        member = _member(workspace)
        instant = _instant(at, member.workspace)
        tree = audiences.read_sentence(member.workspace, sentence)
        began = time.perf_counter()
        found = audiences.preview(member, tree, at=instant, sample=who, now=_now())
        ms = (time.perf_counter() - began) * 1000
        said = audiences.said(member.workspace, tree)
        names = audiences.names_of(member, found.sample)
    people = [{"customer": each, "name": names.get(each, "")} for each in found.sample]
    if as_json:
        answer = {
            "count": found.count,
            "at": found.at.isoformat(),
            "ms": round(ms, 1),
            "said": said._asdict(),
            "condition": tree,
            "who": people,
        }
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    asof = "" if instant is None else f" · 截至 as of {_local(found, member.workspace)}"
    click.echo(f"{said.zh}\n{said.en}\n{found.count:,} 人 people{asof} · {ms:,.0f} ms")
    for each in people:
        click.echo(f"  {each['customer']:>10}  {each['name']}".rstrip())


@command.command(help="Say node by node why a customer is in or out, with what is known.")
@click.argument("sentence")
@click.option(
    "--customer",
    required=True,
    metavar="NUMBER | KIND:VALUE",
    help="By number or by any identity: 1024, phone:13800138000, buyer_id:tmall:88.",
)
@click.option("--at", help=_AT)
@click.option("--workspace", help="Its slug; not needed where there is one.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
def explain(
    sentence: str, customer: str, at: str | None, workspace: str | None, *, as_json: bool
) -> None:
    with _asking(sentence, as_json=as_json):
        from yutang.audiences import service as audiences

        member = _member(workspace)
        instant = _instant(at, member.workspace)
        tree = audiences.read_sentence(member.workspace, sentence)
        number = _customer(member, customer)
        reason = audiences.explain(member, tree, number, at=instant, now=_now())
    if as_json:
        answer = {"customer": number, "at": instant and instant.isoformat(), **_plain(reason)}
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    language: Language = "zh" if re.search(r"[\u3400-\u9fff]", sentence) else "en"
    if reason.of:
        verdict = {"zh": ("不符合", "符合"), "en": ("does not meet it", "meets it")}
        click.echo(f"#{number} {verdict[language][reason.holds]}")
    _show(reason, "", language)


@command.command(help="List what a sentence can name: events, properties, attributes, tags, …")
@click.option("--workspace", help="Its slug; not needed where there is one.")
def words(workspace: str | None) -> None:
    with _asking("", as_json=False):
        from yutang.audiences import service as audiences
        from yutang.audiences.condition.vocabulary import EVENT_COLUMNS

        known = audiences.words(_member(workspace).workspace)
    for name, type_ in known.event_types.items():
        said = _both(type_.label)
        click.echo(f"{said}  ({name})")
        for each in type_.properties:
            click.echo(f"    {_both(each.label):<28} {each.name} · {each.kind.value}")
    common = "、".join(_both(label) for _, label in EVENT_COLUMNS.values())
    click.echo(f"\n每种事件都有 every event\n    {common}")
    click.echo("\n客户属性 attributes")
    for name, attribute in known.attributes.items():
        options = " / ".join(_both(option) for option in attribute.choices.values())
        kind = f"{attribute.kind.value}{options and f' · {options}'}"
        click.echo(f"    {_both(attribute.label):<28} {name} · {kind}")
    tagged = [f"{known.tag_groups.get(tag.group, '')}/{tag.name}" for tag in known.tags.values()]
    for title, names in (
        ("标签 tags", tagged),
        ("人群 audiences", list(known.audiences.values())),
        ("员工 staff", list(known.staff.values())),
        ("门店 stores", list(known.stores.values())),
        ("群 groups", list(known.groups.values())),
    ):
        if names:
            click.echo(f"\n{title}\n    {'、'.join(names)}")


@contextmanager
def _asking(sentence: str, *, as_json: bool) -> Iterator[None]:
    """Stand on the engines; whatever is refused inside is said in both languages, or as JSON."""
    import os

    from yutang.config import standing
    from yutang.config.runtime import Refused

    with standing.standing() as ours:
        from yutang.config.runtime import home
        from yutang.engines.service import EmbeddedEnginesBusy
        from yutang.kit.errors import DomainError, problem

        try:
            if not ours and not os.environ.get("YUTANG_WAREHOUSE_URL"):
                raise EmbeddedEnginesBusy(folder=str(home()))
            yield
        except DomainError as refusal:
            if as_json:
                click.echo(json.dumps({"problem": problem(refusal)}, ensure_ascii=False))
                raise SystemExit(1) from None
            raise Refused(f"{_pointed(sentence, refusal)}{_said(refusal)}") from None


def _said(refusal: "DomainError") -> str:
    return f"{refusal.sentence('zh')}\n{refusal.sentence('en')}"


def _pointed(sentence: str, refusal: "DomainError") -> str:
    """Return the sentence with a mark under the place that cannot be read, where there is one."""
    place = refusal.params.get("at")
    if not isinstance(place, int):
        return ""
    before = sum(
        2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in sentence[:place]
    )
    return f"{sentence}\n{' ' * before}^\n"


def _member(slug: str | None) -> "Member":
    """Return the owner of the workspace: whoever has the machine may ask what its owner may."""
    from yutang.config.standing import chosen_workspace
    from yutang.workspaces import service as workspaces
    from yutang.workspaces.models import Role

    workspace = chosen_workspace(slug)
    owner = workspaces.members_of(workspace).filter(role=Role.OWNER).order_by("pk")[0].user
    return workspaces.member_of_user(owner, str(workspace.pk))


def _customer(member: "Member", written: str) -> int:
    """Return the number of a customer who is named by it, or by an identity.

    :raises CustomerNotFound:
    """
    from yutang.audiences.service import CustomerNotFound
    from yutang.customers import service as customers
    from yutang.kit.pages import PageIn

    if written.isdecimal():
        return int(written)
    found = customers.look(member, customers.Looking(identity=written), PageIn(limit=1)).items
    if not found:
        raise CustomerNotFound
    return int(found[0].pk)


def _instant(written: str | None, workspace: "Workspace") -> "datetime | None":
    """Return the instant that was written, on the workspace's clock; a day means its last moment."""
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    if written is None:
        return None
    try:
        read = datetime.fromisoformat(written.strip())
    except ValueError:
        raise click.BadParameter(
            f"{written!r} 不是日期或时刻，可写 2026-11-11、“2026-11-11 20:00”、2026-11-11T20:00:00+08:00 / "
            "is no day or instant; write 2026-11-11, “2026-11-11 20:00” or 2026-11-11T20:00:00+08:00",
            param_hint="--at",
        ) from None
    instant = read if read.tzinfo else read.replace(tzinfo=ZoneInfo(workspace.time_zone))
    if not re.fullmatch(r"\d{4}-?\d\d-?\d\d", written.strip()):
        return instant
    end = (read + timedelta(days=1)).replace(tzinfo=instant.tzinfo) - timedelta(milliseconds=1)
    return min(end, _now()) if instant <= _now() else end


def _local(found: "Preview", workspace: "Workspace") -> str:
    from zoneinfo import ZoneInfo

    return f"{found.at.astimezone(ZoneInfo(workspace.time_zone)):%Y-%m-%d %H:%M:%S}"


def _now() -> "datetime":
    from yutang.kit import clock

    return clock.now()


def _show(reason: "Reason", indent: str, language: "Language") -> None:
    mark = "✓" if reason.holds else "✗"
    known = reason.evidence.said(language)
    click.echo(f"{indent}{mark} {reason.said.said(language)}{known and f'  — {known}'}")
    for each in reason.of:
        _show(each, indent + "  ", language)


def _plain(reason: "Reason") -> dict[str, Any]:
    return {
        "place": reason.at,
        "holds": reason.holds,
        "said": reason.said._asdict(),
        "evidence": reason.evidence._asdict(),
        "of": [_plain(each) for each in reason.of],
    }


def _both(label: Any) -> str:
    return label.zh if label.zh == label.en else f"{label.zh} {label.en}"
