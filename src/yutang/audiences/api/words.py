"""The words conditions of this workspace can be made of, for whoever draws a builder of them."""

from collections.abc import Mapping

from ninja import Schema

from yutang.audiences import service as audiences
from yutang.audiences.api.router import router
from yutang.audiences.condition.nodes import Kind
from yutang.audiences.condition.vocabulary import Vocabulary
from yutang.kit.i18n import Text
from yutang.workspaces.service import MemberRequest, needs

__all__ = ["VocabularyOut"]


class ConditionChoiceOut(Schema):
    """One of a few values, and what it is called."""

    value: str
    label: str


class ConditionFieldOut(Schema):
    """An attribute of a customer or a property of an event."""

    name: str
    label: str
    kind: Kind
    choices: list[ConditionChoiceOut]


class ConditionEventOut(Schema):
    """An event type and what its events can be tested for."""

    name: str
    label: str
    properties: list[ConditionFieldOut]


class ConditionNameOut(Schema):
    """Something that a condition names by number."""

    id: int
    name: str


class ConditionTagGroupOut(ConditionNameOut):
    """A tag group and its tags."""

    tags: list[ConditionNameOut]


class VocabularyOut(Schema):
    """Everything a condition can speak of, in the reader's language."""

    attributes: list[ConditionFieldOut]
    events: list[ConditionEventOut]
    tag_groups: list[ConditionTagGroupOut]
    audiences: list[ConditionNameOut]
    staff: list[ConditionNameOut]
    stores: list[ConditionNameOut]
    groups: list[ConditionNameOut]
    statuses: list[ConditionChoiceOut]
    dependants: list[ConditionChoiceOut]
    stages: list[ConditionChoiceOut]


@router.get(
    "/vocabulary",
    summary="List what a condition can speak of",
    response={200: VocabularyOut},
)
@needs("audiences.read")
def show_vocabulary(request: MemberRequest) -> dict[str, object]:
    words = audiences.words(request.auth.workspace)
    return {
        "attributes": [
            _field(name, each.label, Kind(each.kind.value), each.choices)
            for name, each in words.attributes.items()
        ],
        "events": [
            {"name": name, "label": each.label.said(), "properties": _properties(words, name)}
            for name, each in words.event_types.items()
        ],
        "tag_groups": [
            {
                "id": group,
                "name": name,
                "tags": [
                    {"id": tag, "name": each.name}
                    for tag, each in words.tags.items()
                    if each.group == group
                ],
            }
            for group, name in words.tag_groups.items()
        ],
        "audiences": _names(words.audiences),
        "staff": _names(words.staff),
        "stores": _names(words.stores),
        "groups": _names(words.groups),
        "statuses": _choices(words.statuses),
        "dependants": _choices(words.dependants),
        "stages": _choices({name: each.label for name, each in words.stages.items()}),
    }


def _properties(words: Vocabulary, event_type: str) -> list[dict[str, object]]:
    found = words.properties((event_type,)).values()
    return [_field(field.name, label, field.kind, {}) for field, label in found]


def _field(name: str, label: Text, kind: Kind, choices: Mapping[str, Text]) -> dict[str, object]:
    return {"name": name, "label": label.said(), "kind": kind, "choices": _choices(choices)}


def _choices(choices: Mapping[str, Text]) -> list[dict[str, str]]:
    return [{"value": value, "label": label.said()} for value, label in choices.items()]


def _names(named: Mapping[int, str]) -> list[dict[str, object]]:
    return [{"id": number, "name": name} for number, name in named.items()]
