"""The parts a message is made of, read from JSON; whatever is wrong is said beside its field.

[{"kind": "text", "text": "{{ customer.name | default: '亲' }}，新茶到了"},
{"kind": "link", "title": "明前龙井", "url": "https://tea.example/new"}]
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings

from yutang.kit.errors import FieldProblem
from yutang.kit.i18n import Text
from yutang.reach.messages._limits import FieldLimit, Limits, measured
from yutang.reach.messages._templates import Template, TemplateMistake, compiled

__all__ = ["PARTS", "Field", "Part", "PartKind", "read_parts"]

MOST_PARTS: Final = 30
_MOST_VALUES: Final = 30


@dataclass(frozen=True)
class Field:
    """One field of a part. What `is_url` leads somewhere; what is not `written` is taken as it is."""

    label: Text
    required: bool = True
    is_url: bool = False
    written: bool = True  # may hold variables
    many: bool = False  # name → template


@dataclass(frozen=True)
class PartKind:
    """One kind of part. An attachment counts among those a channel carries beside the text."""

    label: Text
    fields: Mapping[str, Field]
    is_attachment: bool = True


_URL = Field(Text("网址", "address"), is_url=True)
_PICTURE = Field(Text("封面图网址", "address of the picture"), required=False, is_url=True)
PARTS: Final[Mapping[str, PartKind]] = MappingProxyType(
    {
        "subject": PartKind(
            Text("主题", "subject"), {"text": Field(Text("主题", "subject"))}, is_attachment=False
        ),
        "text": PartKind(
            Text("文字", "text"), {"text": Field(Text("文字", "text"))}, is_attachment=False
        ),
        "template": PartKind(
            Text("短信模板", "approved template"),
            {
                "code": Field(Text("模板编号", "template code"), written=False),
                "values": Field(Text("模板变量", "values"), required=False, many=True),
                "text": Field(
                    Text("模板原文", "text of the template"), required=False, written=False
                ),
            },
            is_attachment=False,
        ),
        "image": PartKind(Text("图片", "image"), {"url": _URL}),
        "link": PartKind(
            Text("链接卡片", "link card"),
            {
                "title": Field(Text("标题", "title")),
                "description": Field(Text("描述", "description"), required=False),
                "url": _URL,
                "image_url": _PICTURE,
            },
        ),
        "mini_program": PartKind(
            Text("小程序卡片", "mini-program card"),
            {
                "title": Field(Text("标题", "title")),
                "appid": Field(Text("小程序 AppID", "AppID"), written=False),
                "path": Field(Text("页面路径", "path of the page")),
                "image_url": _PICTURE,
            },
        ),
        "video": PartKind(Text("视频", "video"), {"url": _URL}),
        "file": PartKind(
            Text("文件", "file"),
            {
                "url": _URL,
                "name": Field(Text("文件名", "file name"), required=False, written=False),
            },
        ),
    }
)

_WHICH = Text("可选：{options}", "expected one of: {options}")
_NO_FIELD = Text(
    "“{kind}”没有这一项，可填：{options}", "a {kind} has no such field; it has: {options}"
)
_EMPTY = Text("还没有填{label}", "the {label} is missing")
_NO_TEXT = Text("应为文本", "expected text")
_NO_ADDRESS = Text(
    "应为 https:// 开头的完整网址", "expected a complete address that begins with https://"
)
_TOO_LONG = Text(
    "{label}最多 {most} {unit}，现在 {length}", "the {label} is {length} {unit}; {most} at most"
)
_UNITS: Final = {"bytes": Text("字节", "bytes"), "characters": Text("个字", "characters")}
_NOT_CARRIED = Text(
    "这个渠道发不了“{kind}”，可发：{options}",
    "this channel carries no {kind}; it carries: {options}",
)
_TOO_MANY = Text("“{kind}”最多 {most} 个", "{most} of {kind} at most")
_TOO_FEW = Text("要有一个“{kind}”", "a {kind} is needed")
_ATTACHED = Text("附件最多 {most} 个，现在 {count}", "{count} attachments; {most} at most")
_MIXED = Text("附件只能是同一种，不能混着发", "attachments are all of one kind here")
_NOTHING = Text(
    "消息还是空的，至少要有一个部分", "the message is empty; it needs at least one part"
)
_VALUES = Text(
    "应为变量名和内容的对应，最多 30 个", "expected names with what they hold, 30 at most"
)


@dataclass(frozen=True)
class Part:
    """One part, read: its templates by field, or by `values.<name>`."""

    place: int
    kind: str
    fixed: Mapping[str, str]
    templates: Mapping[str, Template]
    limits: Mapping[str, FieldLimit]


def read_parts(
    given: Sequence[Mapping[str, Any]], limits: Limits
) -> tuple[list[Part], list[FieldProblem]]:
    """Return the parts of a message and everything that is wrong with them within these limits."""
    problems: list[FieldProblem] = []
    parts = []
    for place, each in enumerate(given[:MOST_PARTS]):
        parts.append(_part(each, place, limits, problems))
    problems.extend(_counts(parts, limits))
    if not given:
        problems.append(FieldProblem(field="parts", message=_NOTHING.said()))
    elif len(given) > MOST_PARTS:
        problems.append(_problem("parts", _ATTACHED, most=MOST_PARTS, count=len(given)))
    return [each for each in parts if each is not None], problems


def _part(
    given: Mapping[str, Any], number: int, limits: Limits, problems: list[FieldProblem]
) -> Part | None:
    kind, place = given.get("kind"), f"parts.{number}"
    if not isinstance(kind, str) or kind not in PARTS:
        problems.append(_problem(f"{place}.kind", _WHICH, options=", ".join(limits.parts)))
        return None
    shape = PARTS[kind]
    if kind not in limits.parts:
        carried = Text(
            "、".join(PARTS[each].label.zh for each in limits.parts),
            ", ".join(PARTS[each].label.en for each in limits.parts),
        )
        problems.append(_problem(f"{place}.kind", _NOT_CARRIED, kind=shape.label, options=carried))
        return None
    for name in given.keys() - shape.fields.keys() - {"kind"}:
        known = ", ".join(shape.fields)
        problems.append(_problem(f"{place}.{name}", _NO_FIELD, kind=shape.label, options=known))
    fixed: dict[str, str] = {}
    templates: dict[str, Template] = {}
    most = limits.parts[kind].fields
    held: dict[str, FieldLimit] = {}
    for name, field, source in _sources(given, shape, place, problems):
        where = f"{place}.{name}"
        limit = most.get(name.partition(".")[0])
        found = _field(source, field, where, limit, problems)
        if isinstance(found, Template):
            templates[name] = found
        elif found is not None:
            fixed[name] = found
        if limit:
            held[name] = limit
    return Part(number, kind, fixed, templates, held)


def _sources(
    given: Mapping[str, Any], shape: PartKind, place: str, problems: list[FieldProblem]
) -> Iterator[tuple[str, Field, str]]:
    """Yield the fields that are filled; several templates under one name each by itself."""
    for name, field in shape.fields.items():
        came = given.get(name)
        if field.many:
            if came is None:
                continue
            if not _is_values(came):
                problems.append(_problem(f"{place}.{name}", _VALUES))
                continue
            for key, each in came.items():
                yield f"{name}.{key}", field, each
        elif came is None or came == "":
            if field.required:
                problems.append(_problem(f"{place}.{name}", _EMPTY, label=field.label))
        elif not isinstance(came, str) or "\0" in came:
            problems.append(_problem(f"{place}.{name}", _NO_TEXT))
        elif field.required and not came.strip():
            problems.append(_problem(f"{place}.{name}", _EMPTY, label=field.label))
        else:
            yield name, field, came


def _is_values(came: object) -> bool:
    return (
        isinstance(came, dict)
        and len(came) <= _MOST_VALUES
        and all(isinstance(each, str) and "\0" not in each for each in came.values())
        and all(0 < len(key) <= 40 and "." not in key for key in came)
    )


def _field(
    source: str, field: Field, where: str, limit: FieldLimit | None, problems: list[FieldProblem]
) -> Template | str | None:
    before = len(problems)
    try:
        template = compiled(source) if field.written else None
    except TemplateMistake as mistake:
        problems.append(_problem(where, mistake.said))
        return None
    if field.is_url and not _leads_somewhere(source):
        problems.append(_problem(where, _NO_ADDRESS))
    if limit and not (template and template.names):
        length = measured(source, limit.unit)
        if length > limit.most:
            unit = _UNITS[limit.unit]
            problems.append(
                _problem(
                    where, _TOO_LONG, label=field.label, most=limit.most, unit=unit, length=length
                )
            )
    if len(problems) > before:
        return None
    return template or source


def _leads_somewhere(address: str) -> bool:
    """Whether the address names a host outright: only what follows may be a variable."""
    if address.startswith(f"{settings.YUTANG_PUBLIC_URL.rstrip('/')}/"):
        return True  # ours, wherever this installation is
    try:
        host = urlsplit(address.strip()).netloc
    except ValueError:
        return False
    return (
        address.strip().lower().startswith(("https://", "http://"))
        and "." in host
        and not set(host) & set("{}@ %")
    )


def _counts(parts: Sequence[Part | None], limits: Limits) -> Iterator[FieldProblem]:
    kinds = [each.kind for each in parts if each is not None]
    for kind, limit in limits.parts.items():
        label = PARTS[kind].label
        if kinds.count(kind) > limit.most:
            yield _problem("parts", _TOO_MANY, kind=label, most=limit.most)
        elif parts and kinds.count(kind) < limit.least:
            yield _problem("parts", _TOO_FEW, kind=label)
    attached = sum(PARTS[kind].is_attachment for kind in kinds)
    if limits.one_kind and len({kind for kind in kinds if PARTS[kind].is_attachment}) > 1:
        yield _problem("parts", _MIXED)
    if limits.attachments is not None and attached > limits.attachments:
        yield _problem("parts", _ATTACHED, most=limits.attachments, count=attached)


def _problem(field: str, said: Text, **blanks: object) -> FieldProblem:
    spoken = {
        name: each.said() if isinstance(each, Text) else each for name, each in blanks.items()
    }
    return FieldProblem(
        field=field, message=said.said().format_map(spoken) if blanks else said.said()
    )
