"""Callbacks as XML or JSON, read into plain fields.

XML is what the platform writes, and nothing more: a document type (hence entities, hence XML bombs), a
tree deeper or larger than any callback's is refused before it is built.

    <MemChangeList><Item>wmA</Item></MemChangeList>     {"MemChangeList": ["wmA"]}   a list, also of one

Nearly all are flat, each field once, and thousands come a second: those are read by an expression that takes
nothing else, in a quarter of the time; the parser reads the rest.
"""

import re
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

import msgspec

from yutang.wecom.callbacks.envelope import CallbackUnreadable

__all__ = ["Fields", "read", "text_of"]

Fields = Mapping[str, Any]
_MOST_BYTES = 1 << 20
_MOST_DEEP = 12
_MOST_ELEMENTS = 20_000
# Fields with neither markup nor references in them; \r would become \n, and other controls are no XML.
_FIELD = re.compile(
    r"<([A-Za-z][A-Za-z0-9_]{0,63})>"
    r"(?:<!\[CDATA\[([^\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff\]]*)\]\]>"
    r"|([^<&\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff\]]*))</\1>[ \t\r\n]*"
)
_BEGIN, _END = re.compile(r"<xml>[ \t\r\n]*"), "</xml>"
_MOST_FLAT = 100


class _Refused(Exception):
    """Not what a callback looks like."""


class _Tree:
    """Builds nested dictionaries from what the parser meets."""

    def __init__(self) -> None:
        self.stack: list[tuple[str, dict[str, Any], list[str]]] = [("", {}, [])]
        self.count = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > _MOST_ELEMENTS or len(self.stack) > _MOST_DEEP:
            raise _Refused
        self.stack.append((name, {}, []))

    def text(self, text: str) -> None:
        self.stack[-1][2].append(text)

    def end(self, _name: str) -> None:
        name, inside, texts = self.stack.pop()
        value: Any = inside or "".join(texts).strip()
        if inside.keys() == {"Item"}:
            value = inside["Item"]
        fields = self.stack[-1][1]
        if name == "Item" or name in fields:
            before = fields.get(name, [])
            fields[name] = [*(before if isinstance(before, list) else [before]), value]
        else:
            fields[name] = value

    def refuse(self, *_given: object) -> None:
        raise _Refused


def read(text: str) -> dict[str, Any]:
    """Return the fields of a callback.

    :raises CallbackUnreadable:
    """
    if len(text) > _MOST_BYTES:
        raise CallbackUnreadable(why=f"> {_MOST_BYTES >> 20} MB")
    if "\0" in text:
        raise CallbackUnreadable(why="NUL")
    return _read_json(text) if text.lstrip()[:1] == "{" else _read_xml(text)


def _read_json(text: str) -> dict[str, Any]:
    try:
        read = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        raise CallbackUnreadable(why="JSON") from None
    if not isinstance(read, dict):
        raise CallbackUnreadable(why="JSON")
    return read


def _read_flat(text: str) -> dict[str, Any] | None:
    """Return the fields of `<xml>` with plain fields in it, none twice; None where it is anything else."""
    begun = _BEGIN.match(text)
    if begun is None or not text.endswith(_END):
        return None
    at, last = begun.end(), len(text) - len(_END)
    fields: dict[str, Any] = {}
    while at < last:
        found = _FIELD.match(text, at, last)
        if found is None or len(fields) == _MOST_FLAT:
            return None
        name, marked, plain = found.groups()
        if name in fields or name == "Item":
            return None
        fields[name] = (marked or plain or "").strip()
        at = found.end()
    return fields or None


def _read_xml(text: str) -> dict[str, Any]:
    flat = _read_flat(text)
    return _parsed(text) if flat is None else flat


def _parsed(text: str) -> dict[str, Any]:
    tree = _Tree()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.text
    parser.StartDoctypeDeclHandler = tree.refuse
    parser.EntityDeclHandler = tree.refuse
    parser.ProcessingInstructionHandler = tree.refuse
    try:
        parser.Parse(text, True)
    except (expat.ExpatError, _Refused, ValueError):
        raise CallbackUnreadable(why="XML") from None
    fields = tree.stack[0][1].get("xml")
    if not isinstance(fields, dict):
        raise CallbackUnreadable(why="XML")
    return fields


def text_of(fields: Fields, *names: str, most: int = 64) -> str:
    """Return the first of the fields that is a text or a number, as text; nothing where there is none."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
            return str(value)[:most]
    return ""
