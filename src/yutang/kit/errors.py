"""Refusals: one class, read by programs (code), people (a sentence in their language) and the type checker.

    class NotADraft(DomainError):
        zh = "“{campaign}”已经定时或发出，只有草稿可以定时。"
        en = "“{campaign}” is already scheduled or sent. Only a draft can be scheduled."

The sentence says first what is so, with the names the reader gave, then what to do.
On the wire a refusal is `application/problem+json` (RFC 9457).
"""

import re
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import Any, ClassVar, Literal

from ninja import Schema
from pydantic import create_model

from yutang.kit.i18n import Language, Text, language

__all__ = ["DomainError", "FieldProblem", "Problem", "problem", "refusals"]


class FieldProblem(Schema):
    """One field that was not as expected: where, what came, what to do."""

    field: str
    message: str
    came: str | None = None


class Problem(Schema):
    """The body of every refusal (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    params: dict[str, Any] = {}
    errors: list[FieldProblem] = []


class DomainError(Exception):
    """Something the caller can understand and act upon. Subclass it; never raise it itself.

    `status`: 404 not there or not yours; 403 yours but your role may not; 409 the state says no;
    422 malformed input; 429 too often; 502 a channel refused.
    """

    status: ClassVar[int] = 409
    zh: ClassVar[str]
    en: ClassVar[str]

    def __init__(self, *, errors: list[FieldProblem] | None = None, **params: object) -> None:
        super().__init__(self.code(), params)
        self.params = params
        self.errors = errors or []

    def __str__(self) -> str:
        return self.sentence()

    @classmethod
    def code(cls) -> str:
        """Return the stable name programs branch on, such as `tags.not_found`."""
        app = cls.__module__.split(".")[1]
        return f"{app}.{re.sub(r'(?<!^)(?=[A-Z])', '_', cls.__name__).lower()}"

    def sentence(self, in_language: Language | None = None) -> str:
        """Return the refusal in the given language, or in the reader's."""
        spoken = in_language or language()
        written = self.zh if spoken == "zh" else self.en
        return written.format_map({key: _said(value, spoken) for key, value in self.params.items()})


def _said(value: object, spoken: Language) -> object:
    return value.said(spoken) if isinstance(value, Text) else value


def problem(refusal: DomainError) -> dict[str, Any]:
    """Return the refusal as a problem+json body, in the reader's language."""
    return problem_of(
        refusal.code(), refusal.status, refusal.sentence(), refusal.params, refusal.errors
    )


def problem_of(
    code: str,
    status: int,
    detail: str,
    params: Mapping[str, object] | None = None,
    errors: list[FieldProblem] | None = None,
) -> dict[str, Any]:
    """Return a problem+json body; `type` is a stable URN of the code."""
    return {
        "type": f"urn:yutang:problem:{code}",
        "title": code.rpartition(".")[2].replace("_", " "),
        "status": status,
        "detail": detail,
        "code": code,
        "params": {
            key: value
            if isinstance(value, str | int | float | bool | None)
            else str(_said(value, language()))
            for key, value in (params or {}).items()
        },
        "errors": [each.model_dump() for each in errors or []],
    }


def refusals(*kinds: type[DomainError]) -> dict[int, type[Schema]]:
    """Return the responses that document these refusals, for an endpoint's `response=`."""
    by_status = groupby(sorted(kinds, key=_status_and_code), key=_status)
    return {status: _refusal(tuple(kind.code() for kind in group)) for status, group in by_status}


def _status(kind: type[DomainError]) -> int:
    return kind.status


def _status_and_code(kind: type[DomainError]) -> tuple[int, str]:
    return kind.status, kind.code()


@cache
def _refusal(codes: tuple[str, ...]) -> type[Schema]:
    name = "Refusal_" + "_or_".join(code.replace(".", "_") for code in codes)
    code: Any = Literal[codes]
    return create_model(name, __base__=Problem, code=(code, ...))
