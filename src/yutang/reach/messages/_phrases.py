"""Short texts with variables that people send by hand: checked as messages are, filled in for one person."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from yutang.kit.errors import FieldProblem
from yutang.reach.messages._drafting import MessageNotSound
from yutang.reach.messages._parts import Part
from yutang.reach.messages._rendering import Script, Unrenderable, values_for
from yutang.reach.messages._templates import Template, TemplateMistake, Unfit, compiled
from yutang.reach.messages._words import strangers, words_of
from yutang.workspaces.models import Workspace

__all__ = ["check_phrase", "fill_phrases"]


def check_phrase(workspace: Workspace, fields: Mapping[str, str]) -> None:
    """Refuse what cannot be filled in, by field.

    :raises MessageNotSound:
    """
    problems: list[FieldProblem] = []
    read: dict[str, Template] = {}
    for name, source in fields.items():
        try:
            read[name] = compiled(source)
        except TemplateMistake as mistake:
            problems.append(FieldProblem(field=name, message=mistake.said.said()))
    unknown = strangers([Part(0, "text", {}, read, {})], words_of(workspace))
    problems += [
        FieldProblem(field=each.field.removeprefix("parts.0."), message=each.message)
        for each in unknown
    ]
    if problems:
        raise MessageNotSound(count=len(problems), errors=problems)


def fill_phrases(
    workspace: Workspace,
    phrases: Sequence[Mapping[str, str]],
    customer: int,
    *,
    staff: int,
    now: datetime,
) -> list[Mapping[str, str] | Unrenderable]:
    """Return each phrase's fields as they read for one customer, in the name of a member of staff.

    One that says something unknown of her is told so (`missing`, and what), never with a blank.
    """
    read = [{name: compiled(source) for name, source in each.items()} for each in phrases]
    names = {name for each in read for template in each.values() for name in template.names}
    script = Script("wecom", (), frozenset(names))
    senders = {customer: staff} if staff else {}
    values = values_for(workspace, script, {customer: {}}, senders=senders, now=now).get(customer)
    if values is None:
        return [Unrenderable("gone") for _ in phrases]
    return [_filled(each, values) for each in read]


def _filled(
    fields: Mapping[str, Template], values: Mapping[str, Mapping[str, object]]
) -> Mapping[str, str] | Unrenderable:
    try:
        return {name: template.render(values) for name, template in fields.items()}
    except Unfit as unfit:
        return Unrenderable(unfit.reason, unfit.name)
