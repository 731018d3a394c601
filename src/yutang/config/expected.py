"""What was expected of a field, in a sentence: pydantic's findings, said in two languages."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from yutang.kit.errors import FieldProblem
from yutang.kit.i18n import Text

__all__ = ["field_problem"]

_SECRET = ("password", "secret", "token", "code", "key", "signature")

_EXPECTED: Mapping[str, Text] = {
    "missing": Text("缺少这个字段。", "This field is missing."),
    "extra_forbidden": Text("没有这个字段，请去掉。", "There is no such field; leave it out."),
    "string_type": Text("应为文字。", "Expected a text."),
    "string_too_short": Text(
        "至少 {min_length} 个字。", "Expected {min_length} characters at least."
    ),
    "string_too_long": Text(
        "最多 {max_length} 个字。", "Expected {max_length} characters at most."
    ),
    "string_pattern_mismatch": Text("格式应为 {pattern}。", "Expected the form {pattern}."),
    "int_type": Text("应为整数。", "Expected a whole number."),
    "int_parsing": Text("应为整数。", "Expected a whole number."),
    "int_from_float": Text("应为整数。", "Expected a whole number."),
    "int_parsing_size": Text("整数太大。", "The whole number is too large."),
    "float_type": Text("应为数字。", "Expected a number."),
    "float_parsing": Text("应为数字。", "Expected a number."),
    "finite_number": Text("应为有限的数字。", "Expected a finite number."),
    "decimal_type": Text("应为数字。", "Expected a number."),
    "decimal_parsing": Text("应为数字。", "Expected a number."),
    "bool_type": Text("应为 true 或 false。", "Expected true or false."),
    "bool_parsing": Text("应为 true 或 false。", "Expected true or false."),
    "greater_than": Text("应大于 {gt}。", "Expected more than {gt}."),
    "greater_than_equal": Text("应不小于 {ge}。", "Expected {ge} or more."),
    "less_than": Text("应小于 {lt}。", "Expected less than {lt}."),
    "less_than_equal": Text("应不大于 {le}。", "Expected {le} or less."),
    "too_short": Text("至少 {min_length} 项。", "Expected {min_length} items at least."),
    "too_long": Text("最多 {max_length} 项。", "Expected {max_length} items at most."),
    "list_type": Text("应为列表。", "Expected a list."),
    "set_type": Text("应为列表。", "Expected a list."),
    "tuple_type": Text("应为列表。", "Expected a list."),
    "dict_type": Text("应为对象。", "Expected an object."),
    "model_type": Text("应为对象。", "Expected an object."),
    "model_attributes_type": Text("应为对象。", "Expected an object."),
    "enum": Text("应为其中之一：{expected}。", "Expected one of {expected}."),
    "literal_error": Text("应为其中之一：{expected}。", "Expected one of {expected}."),
    "union_tag_invalid": Text(
        "{discriminator} 应为其中之一：{expected_tags}。",
        "Expected {discriminator} to be one of {expected_tags}.",
    ),
    "union_tag_not_found": Text("缺少 {discriminator}。", "{discriminator} is missing."),
    "json_invalid": Text("应为 JSON。", "Expected JSON."),
    "uuid_type": Text("应为 UUID。", "Expected a UUID."),
    "uuid_parsing": Text("应为 UUID。", "Expected a UUID."),
    "url_parsing": Text(
        "应为网址，如 https://example.com/。", "Expected an address such as https://example.com/."
    ),
    "none_required": Text("应为空。", "Expected nothing here."),
    "timezone_aware": Text(
        "时间要带时区，如 2026-03-01T12:00:00+08:00。",
        "Expected a time with its UTC offset, such as 2026-03-01T12:00:00+08:00.",
    ),
}
_BY_BEGINNING: Mapping[str, Text] = {
    "datetime": Text(
        "应为时间，如 2026-03-01T12:00:00+08:00。",
        "Expected a time such as 2026-03-01T12:00:00+08:00.",
    ),
    "date": Text("应为日期，如 2026-03-01。", "Expected a date such as 2026-03-01."),
    "time": Text("应为一天中的时刻，如 09:30。", "Expected a time of day such as 09:30."),
    "url": Text(
        "应为网址，如 https://example.com/。", "Expected an address such as https://example.com/."
    ),
}
_OTHERWISE = Text("不是这里要的内容。", "This is not what belongs here.")


def field_problem(place: Sequence[str | int], finding: Mapping[str, Any]) -> FieldProblem:
    """Return what is wrong with one field: where, what came (shortened, never a secret), what was expected."""
    return FieldProblem(field=_path(place), message=_message(finding), came=_came(place, finding))


def _path(place: Sequence[str | int]) -> str:
    written = ""
    for step in place:
        written += f"[{step}]" if isinstance(step, int) else f".{step}"
    return written.lstrip(".")


def _message(finding: Mapping[str, Any]) -> str:
    kind, context = str(finding["type"]), finding.get("ctx", {})
    reason = context.get("error")
    if isinstance(reason, Exception) and reason.args and isinstance(reason.args[0], Text):
        return reason.args[0].said()  # a validator of ours: raise ValueError(Text(…))
    for beginning, expected in _BY_BEGINNING.items():
        if kind.startswith(f"{beginning}_"):
            return expected.said()
    expected = _EXPECTED.get(kind, _OTHERWISE)
    said = {key: str(value).replace("' or '", "', '") for key, value in context.items()}
    return expected.said().format_map(defaultdict(lambda: "…", said))


def _came(place: Sequence[str | int], finding: Mapping[str, Any]) -> str | None:
    if finding["type"] == "missing" or any(
        word in str(step).lower() for step in place for word in _SECRET
    ):
        return None
    came = finding.get("input")
    written = came if isinstance(came, str) else repr(came)
    return written if len(written) <= 80 else f"{written[:79]}…"
