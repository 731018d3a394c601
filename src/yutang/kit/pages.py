"""Pages of a list: the same two parameters and the same envelope for every list in the API.

    @router.get("", response=Page[TagOut])
    def list_tags(request: MemberRequest, page: Query[PageIn]) -> PageOf[Tag]:
        return page_of(tags.all_of(workspace), page, order=("-created_at", "-id"))

The cursor is opaque and signed; the order ends in a unique column, so that nothing is shown twice or
skipped while rows come and go.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet
from ninja import Schema
from pydantic import Field

from yutang.kit.errors import DomainError

__all__ = ["CursorUnknown", "Page", "PageIn", "PageOf", "page_of", "seal", "unseal"]

T = TypeVar("T")
Row = TypeVar("Row", bound=Model)


class CursorUnknown(DomainError):
    """The cursor was not made by this list."""

    status = 422
    zh = "翻页标记 cursor 不是这个列表给出的。请去掉它，从第一页开始。"
    en = "This cursor was not given out by this list. Leave it out to start at the first page."


class PageIn(Schema):
    """Where a page begins and how long it is."""

    cursor: Annotated[
        str | None, Field(description="`next` of the page before.", max_length=2000)
    ] = None
    limit: Annotated[int, Field(ge=1, le=200, description="How many at most.")] = 50


class Page(Schema, Generic[T]):
    """Some items of a list, and the cursor of those after them."""

    items: list[T]
    next: Annotated[
        str | None, Field(description="The cursor of the next page; null at the end.")
    ] = None


@dataclass(frozen=True)
class PageOf(Generic[T]):
    """A page as services return it."""

    items: Sequence[T]
    next: str | None = None


def seal(values: Sequence[object], *, salt: str = "page") -> str:
    """Return an opaque, signed cursor that carries these values."""
    return signing.dumps([_plain(value) for value in values], salt=salt, compress=False)


def unseal(cursor: str, *, length: int, salt: str = "page") -> list[Any]:
    """Return what `seal` was given.

    :raises CursorUnknown: when it is not ours or has another length
    """
    try:
        values = signing.loads(cursor, salt=salt)
    except signing.BadSignature:
        raise CursorUnknown from None
    if not isinstance(values, list) or len(values) != length:
        raise CursorUnknown
    return values


def page_of(
    rows: "QuerySet[Row]",
    page: PageIn,
    *,
    order: Sequence[str],
    shape: Callable[[Row], Any] | None = None,
) -> PageOf[Any]:
    """Return one page of a QuerySet in a total order (`("-created_at", "-id")`).

    Columns of the order must not be null. `shape` turns a row into what the page holds.

    :raises CursorUnknown:
    """
    fields = [(column.lstrip("-"), column.startswith("-")) for column in order]
    if page.cursor:
        rows = rows.filter(_after(fields, unseal(page.cursor, length=len(fields))))
    found = list(rows.order_by(*order)[: page.limit + 1])
    shown = found[: page.limit]
    further = (
        seal([_value(shown[-1], name) for name, _ in fields]) if len(found) > page.limit else None
    )
    return PageOf([shape(row) for row in shown] if shape else shown, further)


def _after(fields: Sequence[tuple[str, bool]], values: Sequence[Any]) -> Q:
    """Return the rows that come after these values in a lexicographic order."""
    after, equal = Q(), Q()
    for (name, descending), value in zip(fields, values, strict=True):
        beyond = f"{name}__lt" if descending else f"{name}__gt"
        after |= equal & Q(**{beyond: value})
        equal &= Q(**{name: value})
    return after


def _value(row: Model, path: str) -> object:
    value: Any = row
    for part in path.split("__"):
        value = getattr(value, part)
    return value


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool | None) else str(value)
