"""One field of a message as a template: read once, written for a million people.

Most fields are plain text with a few names in it; those are joined in Python without Liquid. Whatever
has conditions or filters is rendered by Liquid itself, with the same answer.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from yutang.kit.i18n import Text
from yutang.reach.messages._sandbox import FILTERS, MissingValue, TooMuch, environment

if TYPE_CHECKING:
    from liquid import BoundTemplate

__all__ = ["LONGEST_SOURCE", "Template", "TemplateMistake", "Unfit", "compiled"]

LONGEST_SOURCE: Final = 20_000  # characters
_NO_END = Text("“{{{{”或“{{%”没有写完，请补上结尾", "a “{{{{” or “{{%” is not closed; add its end")
_NO_TAG = Text(
    "消息里不能用“{name}”，可用：if、unless、case、for、assign",
    "“{name}” is not there for messages; there are if, unless, case, for and assign",
)
_NO_FILTER = Text(
    "没有“{name}”这个过滤器，可用：{all}", "there is no filter “{name}”; there are: {all}"
)
_NOT_READ = Text("第 {line} 行读不懂：{near}", "line {line} makes no sense: {near}")
_DYNAMIC = Text(
    "变量名要直接写出来，不能由另一个变量算出",
    "write out the name of a variable; it cannot come from another",
)


class TemplateMistake(ValueError):
    """A template cannot be used as it is written; says why."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.en)
        self.said = said


class Unfit(Exception):
    """A template can say nothing to this person: `reason` for programs, `name` of what is missing."""

    def __init__(self, reason: str, name: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.name = name


Piece = str | tuple[str, str, str | None]  # a text; or where a value is, and what stands in for it


@dataclass(frozen=True)
class Template:
    """A field, read. `names` are what it asks for: `customer.name`; `fallbacks` what stands in for them."""

    source: str
    names: Sequence[str]
    fallbacks: Mapping[str, str]
    pieces: Sequence[Piece] | None  # None: only Liquid can render it
    liquid: "BoundTemplate | None"

    def render(self, values: Mapping[str, Mapping[str, Any]]) -> str:
        """Return the field for one person.

        :raises Unfit: something it says is not known of her, or it would be beyond measure
        """
        if self.pieces is not None:
            return _joined(self.pieces, values)
        return _rendered(self.liquid, values)


def compiled(source: str) -> Template:
    """Read a template.

    :raises TemplateMistake:
    """
    if len(source) > LONGEST_SOURCE:
        raise TemplateMistake(
            Text(f"最多 {LONGEST_SOURCE} 个字符", f"at most {LONGEST_SOURCE} characters")
        )
    if "{{" not in source and "{%" not in source:
        return Template(source, (), {}, (source,) if source else (), None)
    parsed = _parsed(source)
    names = tuple(dict.fromkeys(_names(parsed)))
    pieces = _pieces(parsed.nodes)
    return Template(source, names, dict(_fallbacks(parsed)), pieces, parsed)


def _parsed(source: str) -> "BoundTemplate":
    from liquid.exceptions import LiquidError

    try:
        parsed = environment().from_string(source)
    except LiquidError as reason:
        raise TemplateMistake(_mistake(reason, source)) from None
    for name in parsed.analyze(include_partials=False).filters:
        if name not in FILTERS:
            raise TemplateMistake(_filled(_NO_FILTER, name=name, all=", ".join(sorted(FILTERS))))
    return parsed


def _mistake(reason: Any, source: str) -> Text:
    said = str(reason.message or "")
    if said.startswith("unexpected tag") and reason.token is not None:
        return _filled(_NO_TAG, name=reason.token.value)
    if source.count("{{") != source.count("}}") or source.count("{%") != source.count("%}"):
        return _filled(_NO_END)
    try:
        line, column, _, near, _ = reason.context() or (1, 0, "", source, "")
    except ValueError:  # at the very end
        line, column, near = source.count("\n") + 1, 0, source.splitlines()[-1]
    return _filled(_NOT_READ, line=line, near=near[max(0, column - 10) : column + 30])


def _names(parsed: "BoundTemplate") -> Iterator[str]:
    """Yield what a template asks for from outside, in the order it is written."""
    found = parsed.analyze(include_partials=False).globals
    uses = [use for each in found.values() for use in each]
    for use in sorted(uses, key=lambda use: use.span.index):
        if any(not isinstance(segment, str) for segment in use.segments[:2]):
            raise TemplateMistake(_DYNAMIC)
        yield ".".join(str(segment) for segment in use.segments[:2])


def _pieces(nodes: Iterable[Any]) -> Sequence[Piece] | None:
    """Return a template as texts and names, or None where there is more to it."""
    from liquid.builtin.content import ContentNode
    from liquid.builtin.output import OutputNode

    found: list[Piece] = []
    for node in nodes:
        if isinstance(node, ContentNode):
            found.append(node.text)
            continue
        said = _plain(node.expression) if isinstance(node, OutputNode) else None
        if said is None:
            return None
        found.append(said)
    return found


def _plain(expression: Any) -> tuple[str, str, str | None] | None:
    """Return where a value is and its default, if an expression says no more than that."""
    from liquid.builtin.expressions import Path, StringLiteral

    left = getattr(expression, "left", None)
    if not isinstance(left, Path) or len(left.path) != 2:
        return None
    first, second = left.path
    if (
        not isinstance(first, str)
        or not isinstance(second, str)
        or second in {"size", "first", "last"}
    ):
        return None
    match expression.filters or []:
        case []:
            return first, second, None
        case [only] if only.name == "default" and len(only.args) == 1:
            literal = only.args[0].value
            return (first, second, literal.value) if isinstance(literal, StringLiteral) else None
    return None


def _fallbacks(parsed: "BoundTemplate") -> Iterator[tuple[str, str]]:
    """Yield what stands in for each name that has a default, anywhere in the template."""
    from liquid import RenderContext
    from liquid.builtin.output import OutputNode

    waiting = list(parsed.nodes)
    context = RenderContext(parsed)
    while waiting:
        node = waiting.pop()
        waiting.extend(node.children(context, include_partials=False))
        said = _plain(node.expression) if isinstance(node, OutputNode) else None
        if said is not None and said[2] is not None:
            yield f"{said[0]}.{said[1]}", said[2]


def _joined(pieces: Sequence[Piece], values: Mapping[str, Mapping[str, Any]]) -> str:
    written = []
    for piece in pieces:
        if isinstance(piece, str):
            written.append(piece)
            continue
        first, second, fallback = piece
        value = values.get(first, _NOTHING).get(second)
        if value is None or value in ("", []):
            if fallback is None:
                raise Unfit("missing", f"{first}.{second}")
            written.append(fallback)
        elif type(value) is str:
            written.append(value)
        else:
            written.append(_said(value))
    return "".join(written)


_NOTHING: Final[Mapping[str, Any]] = {}


def _said(value: Any) -> str:
    from liquid.stringify import to_liquid_string

    return to_liquid_string(value, autoescape=False)


def _rendered(parsed: "BoundTemplate | None", values: Mapping[str, Mapping[str, Any]]) -> str:
    from liquid.exceptions import LiquidError

    if parsed is None:
        return ""
    try:
        return parsed.render(values)
    except MissingValue as missing:
        raise Unfit("missing", missing.name) from None
    except (LiquidError, TooMuch, ArithmeticError, ValueError, TypeError) as reason:
        raise Unfit("template", type(reason).__name__) from None


def _filled(said: Text, **blanks: object) -> Text:
    return Text(said.zh.format_map(blanks), said.en.format_map(blanks))
