"""One call of the API as its handler sees it, and the table of handlers."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from yutang_sandbox.errors import Refused
from yutang_sandbox.world.clock import Clock
from yutang_sandbox.world.corp import Corp
from yutang_sandbox.world.records import App, Staff

Answer = dict[str, Any]


@dataclass(frozen=True)
class File:
    """Raw bytes instead of JSON."""

    content: bytes
    name: str
    kind: str


@dataclass
class Call:
    """`body` is what was posted; a query parameter of the same name counts less."""

    corp: Corp
    app: App
    clock: Clock
    query: dict[str, str]
    body: dict[str, Any]
    raw: bytes = b""
    content_type: str = ""
    base: str = ""  # where the sandbox itself is
    now: int = field(init=False)
    visible: set[str] | None = field(init=False)  # None: everybody

    def __post_init__(self) -> None:
        self.now = self.clock.now()
        self.visible = self.corp.visible(self.app)

    def given(self, name: str) -> Any:
        return self.body.get(name, self.query.get(name))

    def text(self, name: str, *, missing: int = 40058, most: int = 0) -> str:
        """Return a string that must be there.

        :raises Refused: it is not, or has more than `most` characters
        """
        value = self.optional(name, most=most)
        if not value:
            raise Refused(missing)
        return value

    def optional(self, name: str, default: str = "", *, most: int = 0) -> str:
        value = self.given(name)
        if value is None:
            return default
        if not isinstance(value, str | int | float) or (most and len(str(value)) > most):
            raise Refused(40058, f"invalid Request Parameter {name}")
        return str(value)

    def texts(self, name: str, *, most: int = 0) -> list[str]:
        """Return a list of strings, empty when absent."""
        value = self.given(name)
        if value in (None, ""):
            return []
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or (most and len(value) > most):
            raise Refused(40058, f"invalid Request Parameter {name}")
        return [str(one) for one in value]

    def whole(self, name: str, default: int = 0) -> int:
        value = self.given(name)
        if value in (None, ""):
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise Refused(40058, f"invalid Request Parameter {name}") from None

    def part(self, name: str) -> dict[str, Any]:
        """Return an object of the body, empty when absent."""
        value = self.body.get(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise Refused(40058, f"invalid Request Parameter {name}")
        return value

    def parts(self, name: str) -> list[dict[str, Any]]:
        value = self.body.get(name) or []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise Refused(40058, f"invalid Request Parameter {name}")
        return value

    def limit(self, default: int, most: int) -> int:
        """Return the page size; too large a one counts as the most."""
        return min(max(self.whole("limit", default), 1), most) or default

    # people

    def member(self, name: str = "userid", *, missing: int = 41009) -> int:
        """Return the number of the staff member named.

        :raises Refused: not there (60111), or out of the app's sight (60021)
        """
        return self.member_called(self.text(name, missing=missing))

    def member_called(self, userid: str) -> int:
        number = self.corp.member(userid)
        if number is None:
            raise Refused(60111)
        if not self.sees(userid):
            raise Refused(60021)
        return number

    def sees(self, userid: str) -> bool:
        return self.visible is None or userid.lower() in self.visible

    def in_sight(self) -> list[Staff]:
        """Return the staff the app sees, those who left aside."""
        return [one for one in self.corp.staff if one.status != 5 and self.sees(one.userid)]

    def customer(self, name: str = "external_userid") -> int:
        number = self.corp.customer(self.text(name, missing=41035))
        if number is None:
            raise Refused(40096)
        return number

    def relation(self) -> int:
        """Return the relation between `userid` and `external_userid`.

        :raises Refused: there is none (84061)
        """
        found = self.corp.relation(self.member(), self.customer())
        if found is None:
            raise Refused(84061)
        return found

    # pages

    def cursor(self) -> list[int]:
        """Return where the page begins, [] at the start.

        :raises Refused: a cursor nobody gave out
        """
        text = self.optional("cursor")
        if not text:
            return []
        try:
            content = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
            numbers, seal = content.rsplit(".", 1)
            if seal != self._seal(numbers):
                raise Refused(50100)
            return [int(number) for number in numbers.split(",")]
        except ValueError:
            raise Refused(50100) from None

    def next_cursor(self, *numbers: int) -> str:
        content = ",".join(map(str, numbers))
        return urlsafe_b64encode(f"{content}.{self._seal(content)}".encode()).decode().rstrip("=")

    def page(self, rows: Sequence[Any], default: int, most: int) -> tuple[Sequence[Any], str]:
        """Return a page of what is at hand, and the cursor of the next."""
        start = (self.cursor() or [0])[0]
        end = start + self.limit(default, most)
        return rows[start:end], self.next_cursor(end) if end < len(rows) else ""

    def _seal(self, content: str) -> str:
        return blake2b(content.encode(), key=self.corp.marks.key, digest_size=6).hexdigest()


Handler = Callable[[Call], Answer | bytes | File]


@dataclass(frozen=True)
class Route:
    handler: Handler
    method: str
    empty: Answer  # what an error still carries
    needs_token: bool = True


ROUTES: dict[str, Route] = {}


def api(method: str, *paths: str, **empty: Any) -> Callable[[Handler], Handler]:
    """Answer `/cgi-bin/{path}`; an error carries `empty`."""

    def register(handler: Handler) -> Handler:
        for path in paths:
            ROUTES[path] = Route(handler, method, empty)
        return handler

    return register
