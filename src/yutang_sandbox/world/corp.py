"""One corp with everybody in and around it."""

import secrets
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from yutang_sandbox.world.columns import Column
from yutang_sandbox.world.marks import Marks
from yutang_sandbox.world.names import name_of
from yutang_sandbox.world.records import (
    App,
    Archive,
    Code,
    ContactWay,
    Content,
    Department,
    Group,
    Job,
    JoinWay,
    KfAccount,
    Line,
    Link,
    MassMessage,
    Moment,
    Recorded,
    Staff,
    Tag,
    TagGroup,
    Transfer,
    Upload,
    Wish,
)
from yutang_sandbox.world.tables import (
    ENDED,
    FRIENDS,
    Customers,
    Details,
    Relations,
    Words,
)

LINES_KEPT = 200
RECORDS_KEPT = 20_000  # the platform keeps five days


class Limits(msgspec.Struct):
    """What the platform allows; every figure can be changed while it runs."""

    token_seconds: int = 7200
    per_minute: int = 10_000  # calls of one API
    per_hour: int = 150_000
    concurrent: int = 0  # of one API; 0: no limit
    latency_ms: int = 0
    corp_tags: int = 10_000
    contact_ways: int = 500_000
    links: int = 10_000
    link_quota: int = 10_000
    group_people: int = 500
    mass_rule: str = "month"  # as many as the month has days; "week": 7; "day": 1
    reminders: int = 3
    transfer_seconds: int = 24 * 3600
    transfers_in_90_days: int = 2
    moments_a_month: int = 4  # of the corp, that one customer sees
    welcome_seconds: int = 20
    stale_seconds: int = 0  # a group's detail lags behind its callback; the real one about 2 s
    distributing_seconds: int = 0  # a task just made answers 41063


class Orders(msgspec.Struct):
    """What was bought, the newest last."""

    at: Column = msgspec.field(default_factory=lambda: Column("I"))
    customer: Column = msgspec.field(default_factory=lambda: Column("I"))
    fen: Column = msgspec.field(default_factory=lambda: Column("I"))
    taste: Column = msgspec.field(default_factory=lambda: Column("B"))
    posted: int = 0  # how many the shop's receiver has taken


class LifeSettings(msgspec.Struct):
    """How the people of a corp live by themselves."""

    seed: int = 7
    inflow: float = 0.002  # strangers a day, of those who are friends
    outflow: float = 0.0  # who leaves a day for no reason of ours
    familiar: float = 0.0  # chance that whoever comes is somebody who is there and nobody's friend
    diligence: float = 0.25  # chance in an hour of the day that a member does what waits
    pace: float = 0.0  # hours in a second until the present is reached; 0: only when told
    speed: float = 0.0  # hours lived in a second of the present; 0: as the clock goes
    taps: list[str] = []  # hosts whose links people really open
    shop_url: str = ""  # where orders are posted
    shop_secret: str = ""  # they are signed with
    shop_key: str = ""  # or posted as events under this key
    goods: list[list[str]] = []  # of each taste: its category on the receipt, and what is sold


class Corp(msgspec.Struct, dict=True):
    """Everything the platform knows of one corp. A staff member, tag or customer is a number here."""

    id: str
    name: str
    key: bytes
    apps: list[App] = []
    limits: Limits = msgspec.field(default_factory=Limits)
    departments: dict[int, Department] = {}
    staff: list[Staff] = []
    tags: list[Tag] = []
    tag_groups: dict[str, TagGroup] = {}
    tag_sets: list[list[int]] = msgspec.field(default_factory=lambda: [[]])
    customers: Customers = msgspec.field(default_factory=Customers)
    relations: Relations = msgspec.field(default_factory=Relations)
    words: Words = msgspec.field(default_factory=Words)
    ways: dict[str, ContactWay] = {}
    join_ways: dict[str, JoinWay] = {}
    links: list[Link] = []
    groups: dict[str, Group] = {}
    masses: dict[str, MassMessage] = {}
    moments: dict[str, Moment] = {}
    jobs: dict[str, Job] = {}
    transfers: list[Transfer] = []
    uploads: dict[str, Upload] = {}
    templates: dict[str, Content] = {}
    albums: dict[str, Content] = {}
    rules: dict[str, Content] = {}
    kf: dict[str, KfAccount] = {}
    lines: dict[str, list[Line]] = {}
    archive: Archive = msgspec.field(default_factory=Archive)
    codes: dict[str, Code] = {}
    wishes: list[Wish] = []
    app_messages: list[Content] = []
    activity: dict[str, list[int]] = {}  # "userid day": chats, messages, deleted by, applied, new
    life: LifeSettings | None = None
    mind: dict[str, tuple[str, bytes]] = {}  # of the population, as it was last kept
    lived: int = 0  # the hour they had lived to
    orders: Orders = msgspec.field(default_factory=Orders)
    unionids: bool = True  # a WeChat developer account is bound
    counter: int = 0

    def __post_init__(self) -> None:
        self.marks = Marks(self.key)
        self.by_userid = {person.userid.lower(): n for n, person in enumerate(self.staff)}
        self.by_tag = {tag.id: tag for tag in self.tags}
        self.by_link = {link.id: number for number, link in enumerate(self.links)}
        self._sets = {tuple(tags): number for number, tags in enumerate(self.tag_sets)}
        self._unionids: dict[str, int] = {}
        self.unsent = dict.fromkeys(
            one.id for one in self.masses.values() if any(not t.status for t in one.tasks.values())
        )
        self.unpublished = dict.fromkeys(
            one.id
            for one in self.moments.values()
            if any(not p.published_at for p in one.publications.values())
        )
        self.witness: Callable[[str, Any, Content, Any], None] = lambda kind, who, what, part: None
        self.listener: Callable[[list[tuple[str, Any]], int], None] = lambda fields, at: None

    def next_id(self, prefix: str, size: int = 30) -> str:
        """Return an id nobody has."""
        self.counter += 1
        return self.marks.short(prefix, self.counter, size)

    # people

    def member(self, userid: str) -> int | None:
        """Return the number of a staff member; ids know no case."""
        return self.by_userid.get(userid.lower())

    def add_staff(self, person: Staff) -> int:
        self.by_userid[person.userid.lower()] = len(self.staff)
        self.staff.append(person)
        return len(self.staff) - 1

    def rename_staff(self, number: int, userid: str) -> None:
        person = self.staff[number]
        del self.by_userid[person.userid.lower()]
        person.userid = userid
        self.by_userid[userid.lower()] = number

    def beneath(self, department: int) -> set[int]:
        """Return a department with all below it."""
        found, fresh = {department}, {department}
        while fresh:
            fresh = {d.id for d in self.departments.values() if d.parent in fresh} - found
            found |= fresh
        return found

    def staff_in(self, departments: set[int]) -> Iterator[Staff]:
        for person in self.staff:
            if person.status != 5 and departments.intersection(person.departments):
                yield person

    def visible(self, app: App) -> set[str] | None:
        """Return the lower-case userids an app sees; None: everybody."""
        if 1 in app.departments:
            return None
        reach = set[int]().union(*(self.beneath(one) for one in app.departments))
        return {person.userid.lower() for person in self.staff_in(reach)} | {
            userid.lower() for userid in app.users
        }

    def external(self, customer: int) -> str:
        return self.marks.external(customer, colleague=self.customers.kind[customer] == 2)

    def customer(self, external_userid: str) -> int | None:
        number = self.marks.number(external_userid)
        return number if number is not None and number < len(self.customers) else None

    def by_unionid(self, unionid: str) -> int | None:
        """Return whose unionid it is; the table is made at the first question."""
        for number in range(len(self._unionids), len(self.customers)):
            self._unionids[self.marks.person(number)[1]] = number
        return self._unionids.get(unionid)

    def customer_name(self, customer: int) -> str:
        chosen = self.customers.names.get(customer)
        return chosen or name_of(self.marks.person(customer)[2], self.customers.gender[customer])

    # relations

    def relations_of(self, customer: int) -> Iterator[int]:
        """Yield a customer's relations, newest first, ended ones too."""
        at = self.customers.first[customer]
        while at:
            yield at - 1
            at = self.relations.older[at - 1]

    def relation(self, staff: int, customer: int) -> int | None:
        """Return the relation the member has with the customer; a half or one-sided one counts."""
        for relation in self.relations_of(customer):
            if self.relations.staff[relation] == staff and self.relations.state[relation] != ENDED:
                return relation
        return None

    def befriend(
        self,
        staff: int,
        customer: int,
        now: int,
        *,
        way: int = 1,
        state: str = "",
        link: int = 0,
        status: int = FRIENDS,
        opener: int = 0,
    ) -> int:
        """Add a relation and return its number."""
        table, number = self.relations, len(self.relations)
        older, source = self.customers.first[customer], self.words.number(state)
        row = (customer, staff, now, way, source, link, status, 0, older, 0, opener)
        for column, value in zip(table.columns(), row, strict=True):
            column.append(value)
        self.customers.first[customer] = number + 1
        self.staff[staff].relations.append(number)
        return number

    def details(self, relation: int) -> Details:
        """Return the details to be written to."""
        return self.relations.details.setdefault(relation, Details())

    def tags_of(self, relation: int) -> list[int]:
        return self.tag_sets[self.relations.tags[relation]]

    def set_tags(self, relation: int, tags: set[int]) -> None:
        self.relations.tags[relation] = self.tag_set(tags)

    def tag_set(self, tags: set[int]) -> int:
        wanted = tuple(sorted(tags))
        number = self._sets.get(wanted)
        if number is None:
            number = self._sets[wanted] = len(self.tag_sets)
            self.tag_sets.append(list(wanted))
        return number

    def add_tag(self, tag: Tag) -> Tag:
        tag.number = len(self.tags)
        self.tags.append(tag)
        self.by_tag[tag.id] = tag
        return tag

    # what happens

    def tell(self, event: str, change: str, now: int, **fields: object) -> None:
        """Call back every app that listens; None and "" are left out."""
        body: list[tuple[str, Any]] = [("Event", event)]
        if change:
            body.append(("ChangeType", change))
        body += [(name, value) for name, value in fields.items() if value not in (None, "")]
        self.listener(body, now)

    def say(self, chat: str, sender: str, kind: str, content: Content, now: int) -> None:
        """Write a line into a chat."""
        lines, line = self.lines.setdefault(chat, []), Line(now, sender, kind, content)
        lines.append(line)
        if len(lines) > LINES_KEPT:
            del lines[: -LINES_KEPT // 2]
        if self.archive.secret and kind != "system" and self._is_recorded(chat):
            self.archive.seq += 1
            self.archive.kept.append(Recorded(self.archive.seq, chat, line))
            if len(self.archive.kept) > RECORDS_KEPT:
                del self.archive.kept[: RECORDS_KEPT // 10]

    def agrees(self, customer: int) -> bool:
        """Tell whether a customer lets her chats be recorded."""
        return self.marks.person(customer)[2][5] >= 20

    def _is_recorded(self, chat: str) -> bool:
        """Tell whether a chat is archived: a group, or one with a customer who agreed."""
        _, apart, customer = chat.rpartition(" ")
        return not apart or self.agrees(int(customer))

    def one_chat(self, staff: int, customer: int) -> str:
        """Return the key of the chat between two."""
        return f"{self.staff[staff].userid} {customer}"

    def count(self, userid: str, day: int, what: int, by: int = 1) -> None:
        """Count for the day's statistics: 0 chats, 1 messages, 2 deleted by, 3 applied, 4 new.

        A group's id stands for a member's: 0 who spoke, 1 messages.
        """
        row = self.activity.setdefault(f"{userid.lower()} {day}", [0] * 5)
        row[what] += by


def new_corp(corp_id: str, name: str, seed: int) -> Corp:
    """Return a corp with its root department and one app."""
    key = f"{corp_id} {seed}".encode()
    corp = Corp(corp_id, name, key)
    corp.departments[1] = Department(1, name, 0)
    corp.apps.append(App(1_000_002, secrets.token_urlsafe(32)))
    return corp
