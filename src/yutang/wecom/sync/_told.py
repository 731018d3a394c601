"""What the platform tells of an external contact, read into our words."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

__all__ = ["Told", "instant", "line", "told_by_contact", "told_by_row"]

_GENDERS = {1: "male", 2: "female", "1": "male", "2": "female"}
_encode = msgspec.json.Encoder(order="deterministic").encode


class Told(NamedTuple):
    """One relation as the platform tells it. `userid` is in lower case: the platform knows no case."""

    userid: str
    external: str
    unionid: str
    name: str
    gender: str
    remark: str
    description: str
    since: datetime
    add_way: int
    state: str
    tags: tuple[str, ...]

    @property
    def digest(self) -> int:
        """Return 64 bits of everything but the tags, which are compared one by one."""
        said = _encode([*self[1:7], self.since.timestamp(), self.add_way, self.state])
        return int.from_bytes(blake2b(said, digest_size=8).digest(), "big", signed=True)


def told_by_row(row: Mapping[str, Any]) -> Told:
    """Read a row of `batch/get_by_user`.

    :raises KeyError, TypeError, ValueError: when it is not what the platform promises
    """
    follow = row["follow_info"]
    return _told(row["external_contact"], follow, follow.get("tag_id") or ())


def told_by_contact(answer: Mapping[str, Any]) -> list[Told]:
    """Read an answer of `externalcontact/get`: a contact with everybody who follows her.

    :raises KeyError, TypeError, ValueError:
    """
    contact = answer["external_contact"]
    return [
        _told(
            contact,
            follow,
            [tag["tag_id"] for tag in follow.get("tags") or () if tag.get("tag_id")],
        )
        for follow in answer.get("follow_user") or ()
    ]


def instant(seconds: object) -> datetime:
    """Return Unix seconds as an instant.

    :raises TypeError, ValueError:
    """
    return datetime.fromtimestamp(int(seconds), UTC)  # type: ignore[call-overload]


def _told(contact: Mapping[str, Any], follow: Mapping[str, Any], tags: Iterable[str]) -> Told:
    external = contact["external_userid"]
    if not isinstance(external, str) or not 0 < len(external) <= 64:
        raise ValueError("external_userid")
    return Told(
        userid=str(follow["userid"]).lower(),
        external=external,
        unionid=str(contact.get("unionid") or ""),
        name=line(contact.get("name"), 200),
        gender=_GENDERS.get(contact.get("gender", 0), ""),
        remark=line(follow.get("remark"), 200),
        description=line(follow.get("description"), 299),
        since=instant(follow.get("createtime") or 0),
        add_way=int(follow.get("add_way") or 0),
        state=line(follow.get("state"), 64),
        tags=tuple(sorted({line(tag, 64) for tag in tags} - {""})),
    )


def line(text: object, most: int) -> str:
    """Return text without what no column takes."""
    return "".join(each for each in str(text or "") if each >= " ").strip()[:most]
