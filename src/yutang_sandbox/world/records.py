"""What there are few enough of to be objects: staff, apps, tags, codes, groups, tasks."""

from typing import Any

import msgspec

from yutang_sandbox.world.columns import Column

Content = dict[str, Any]  # text and attachments, as they were sent


class App(msgspec.Struct):
    """A self-built app: its secret, what it may see and call, where its callbacks go."""

    agent: int
    secret: str
    name: str = "渔塘"
    enabled: bool = True
    departments: list[int] = msgspec.field(default_factory=lambda: [1])  # the visible range
    users: list[str] = []
    trusted: list[str] = []  # IPs; empty: any
    refused: list[str] = []  # APIs it may not call: 48002
    contact_sync: bool = False
    url: str = ""  # of callbacks; empty: they are kept to be fetched
    token: str = ""
    key: str = ""
    domain: str = ""  # trusted domain of OAuth
    home: str = ""


class Department(msgspec.Struct):
    id: int
    name: str
    parent: int
    order: int = 0
    leaders: list[str] = []


class Staff(msgspec.Struct):
    """A member; `habit` says what they do with tasks by themselves: confirm, never, ask."""

    userid: str
    name: str
    departments: list[int]
    position: str = ""
    mobile: str = ""
    alias: str = ""
    gender: int = 2
    status: int = 1
    leader: bool = False
    contact: bool = True
    verified: bool = True
    banned: bool = False
    habit: str = "ask"
    left_at: int = 0
    welcome: bool = False  # has a welcome message of the admin console
    most: int = 50_000  # customers
    relations: Column = msgspec.field(default_factory=lambda: Column("I"))


class Tag(msgspec.Struct):
    id: str
    name: str
    group: str
    created: int
    order: int = 0
    agent: int = 0
    number: int = 0  # inside tag sets
    deleted: bool = False


class TagGroup(msgspec.Struct):
    id: str
    name: str
    created: int
    order: int = 0
    agent: int = 0
    deleted: bool = False


class ContactWay(msgspec.Struct):
    id: str
    kind: int
    scene: int
    created: int
    users: list[str]
    parties: list[int] = []
    style: int = 0
    remark: str = ""
    skip_verify: bool = True
    state: str = ""
    temporary: bool = False
    expires_in: int = 0
    chat_expires_in: int = 0
    unionid: str = ""
    conclusions: Content = {}
    exclusive: bool = False
    agent: int = 0
    used: int = 0


class JoinWay(msgspec.Struct):
    id: str
    scene: int
    chats: list[str]
    remark: str = ""
    auto: int = 1
    base_name: str = ""
    base_id: int = 1
    state: str = ""
    mark_source: bool = True


class Link(msgspec.Struct):
    """An acquisition link."""

    id: str
    name: str
    url: str
    created: int
    users: list[str]
    parties: list[int]
    skip_verify: bool = True
    mark_source: bool = True
    priority: Content = {}
    agent: int = 0
    clicks: dict[int, int] = {}  # by day


class Member(msgspec.Struct, gc=False):
    """Somebody in a group: `customer` is a person's number, or −1 for staff."""

    customer: int
    userid: str
    joined: int
    scene: int
    invitor: str = ""
    state: str = ""


class Group(msgspec.Struct):
    id: str
    name: str
    owner: str
    created: int
    notice: str = ""
    status: int = 0
    admins: list[str] = []
    members: dict[str, Member] = {}
    version: str = ""
    changed_at: float = 0.0  # on the wall
    before: dict[str, Member] = {}  # who was in it before the last change, while that still shows
    version_before: str = ""
    dismissed: bool = False
    moved: list[int] = []  # when it changed hands
    mass: dict[int, int] = {}  # mass messages by day


class Task(msgspec.Struct):
    """One member's part of a mass message: 0 not sent, 1 sent, 2 no friend, 3 had others already."""

    userid: str
    relations: Column = msgspec.field(default_factory=lambda: Column("I"))
    statuses: Column = msgspec.field(default_factory=lambda: Column("B"))
    chats: list[str] = []
    chat_statuses: list[int] = []
    status: int = 0  # 0 not sent, 2 sent
    sent_at: int = 0


class MassMessage(msgspec.Struct):
    id: str
    kind: str  # single, group
    content: Content
    created: int
    creator: str = ""  # "" through the API
    agent: int = 0
    cancelled: bool = False
    reminders: list[int] = []
    tasks: dict[str, Task] = {}


class Comment(msgspec.Struct):
    """By a customer, or by a colleague (`customer` −1)."""

    customer: int
    userid: str
    at: int
    text: str = ""


class Publication(msgspec.Struct):
    """One member's part of a moment."""

    userid: str
    published_at: int = 0
    chosen: Column = msgspec.field(default_factory=lambda: Column("I"))  # relations
    seen_by: Column = msgspec.field(default_factory=lambda: Column("I"))
    likes: list[Comment] = []
    comments: list[Comment] = []


class Moment(msgspec.Struct):
    id: str
    content: Content
    created: int
    creator: str = ""
    partly: bool = False
    cancelled: bool = False
    deleted: bool = False
    publications: dict[str, Publication] = {}


class Job(msgspec.Struct):
    id: str
    created: int
    result: Content
    polls: int = 0


class Transfer(msgspec.Struct):
    """A relation on its way from one member to another."""

    customer: int
    giver: str
    taker: str
    started: int
    due: int
    resigned: bool = False
    status: int = 2  # 1 done, 2 waiting, 3 refused, 4 taker full
    done_at: int = 0
    message: str = ""


class Upload(msgspec.Struct):
    id: str
    kind: str
    name: str
    content: bytes
    created: int
    purpose: str = "message"


class Line(msgspec.Struct):
    """What somebody said or sent in a chat; `chat` is `userid customer` or a group's id."""

    at: int
    sender: str  # userid, or external_userid
    kind: str  # text, welcome, mass, system …
    content: Content


class Recorded(msgspec.Struct, gc=False):
    """A line as the archive has it; `chat` as above."""

    seq: int
    chat: str
    line: Line


class Archive(msgspec.Struct):
    """What the corp pays to have recorded; without a secret nothing is."""

    secret: str = ""
    seq: int = 0
    kept: list[Recorded] = []
    told: int = 0  # up to which record callbacks have spoken
    told_at: float = 0.0


class Code(msgspec.Struct):
    """A welcome code, an OAuth code, a chat key: short-lived, used once."""

    made: float
    what: Content
    used: bool = False


class Wish(msgspec.Struct):
    """A friend request nobody has accepted yet."""

    customer: int
    userid: str
    at: int
    way: int = 1
    state: str = ""
    link: int = 0


class KfAccount(msgspec.Struct):
    id: str
    name: str
    servicers: dict[str, int] = {}
    ways: dict[str, str] = {}
    messages: list[Content] = []
    sessions: dict[int, list[Any]] = {}  # customer: [state, servicer, replies left, last said]
