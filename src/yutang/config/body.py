"""Reads what came in: JSON that is JSON, and text that PostgreSQL can hold, or a refusal that says where."""

import json
from typing import Any, NoReturn

import ninja.schema
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser
from ninja.schema import DjangoGetter
from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from yutang.kit.errors import DomainError, FieldProblem
from yutang.kit.i18n import Text

__all__ = [
    "BodyNotJson",
    "BodyTooLarge",
    "StrictParser",
    "TextNotStorable",
    "TooManyValues",
    "refuse_what_is_no_object",
]


class BodyNotJson(DomainError):
    """The body is not JSON."""

    status = 400
    zh = "请求体不是 JSON：第 {line} 行第 {column} 个字符处读不下去。"
    en = "The body is not JSON: it stops making sense in line {line} at character {column}."


class BodyTooLarge(DomainError):
    """The body is larger than what is taken in one request."""

    status = 413
    zh = "请求体超过 {megabytes} MB。请分成几次发送。"
    en = "The body is larger than {megabytes} MB. Send it in several parts."


class TooManyValues(DomainError):
    """The address names more values than are read of one address."""

    status = 400
    zh = "地址里的参数超过 {most} 个。请分成几次请求。"
    en = "The address has more than {most} values. Ask in several requests."


class TextNotStorable(DomainError):
    """A text holds a NUL or half a character; no store keeps such a text."""

    status = 422
    zh = "有文字带着 NUL（\\u0000）或不成字的半个编码。请去掉它。"
    en = "A text holds a NUL (\\u0000) or half of a surrogate pair. Remove it."


_WHAT = Text("这里有 NUL 或不成字的半个编码。", "Here is a NUL or half of a surrogate pair.")


class StrictParser(Parser):
    """Ninja's parser, without what JSON is not (NaN) and what a text cannot be (NUL)."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the body.

        :raises BodyNotJson, TextNotStorable:
        """
        body = request.body
        try:
            parsed = json.loads(body, parse_constant=_not_json)
        except json.JSONDecodeError as reason:
            raise BodyNotJson(line=reason.lineno, column=reason.colno) from None
        except (ValueError, RecursionError):
            raise BodyNotJson(line=1, column=1) from None
        if b"\0" in body or b"\\u" in body or b"\\U" in body:
            _refuse_unstorable(parsed)
        return parsed

    def parse_querydict(
        self, data: "MultiValueDict[str, Any]", list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """Return the query or the form.

        :raises TextNotStorable:
        """
        parsed = super().parse_querydict(data, list_fields, request)
        _refuse_unstorable(parsed)
        return parsed


class _ObjectsOnly(DjangoGetter):
    """Ninja's reader of models, which would also read the attributes of a list or a text.

    What a request holds where an object belongs must be a JSON object; what services return, and
    what is validated apart from requests, is read as before.
    """

    def __init__(self, obj: Any, schema_cls: Any, context: Any = None) -> None:
        is_request = bool(context) and "request" in context and "response_status" not in context
        if is_request and not isinstance(obj, dict | BaseModel | DjangoGetter):
            raise PydanticCustomError("model_type", "an object")
        super().__init__(obj, schema_cls, context)


def refuse_what_is_no_object() -> None:
    """Let ninja refuse a list or a text where an object belongs."""
    ninja.schema.DjangoGetter = _ObjectsOnly  # type: ignore[misc]


def _not_json(constant: str) -> NoReturn:
    raise ValueError(constant)


def _refuse_unstorable(parsed: object) -> None:
    places = [place for place, text in _texts(parsed, "") if not _is_storable(text)]
    if places:
        raise TextNotStorable(
            errors=[FieldProblem(field=place, message=_WHAT.said()) for place in places[:20]]
        )


def _texts(value: object, place: str) -> list[tuple[str, str]]:
    """Return every text inside, with where it stands: `items[0].name`."""
    found: list[tuple[str, str]] = []
    waiting: list[tuple[object, str]] = [(value, place)]
    while waiting:
        each, at = waiting.pop()
        match each:
            case str():
                found.append((at, each))
            case dict():
                for key, inside in each.items():
                    shown = (
                        key.encode("ascii", "backslashreplace").decode()
                        if not _is_storable(key)
                        else key
                    )
                    found.append((f"{at}.{shown}".lstrip("."), key))
                    waiting.append((inside, f"{at}.{shown}".lstrip(".")))
            case list():
                waiting.extend((inside, f"{at}[{index}]") for index, inside in enumerate(each))
    return found


def _is_storable(text: str) -> bool:
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
