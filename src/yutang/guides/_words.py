"""Sensitive words: what no phrase may say, and where recorded messages say it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from yutang.customers import service as customers
from yutang.engines import named_sql, warehouse
from yutang.guides.models import SensitiveWord, Severity, Speaker, WordRule
from yutang.kit.errors import DomainError
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "Heard",
    "NoSuchWord",
    "SaysSensitiveWord",
    "WordTaken",
    "add_word",
    "heard_words",
    "refuse_blocked",
    "remove_word",
    "words_not_to_say",
]

_SQL = named_sql("yutang.guides", "team")
_SHOWN = 100


class NoSuchWord(DomainError):
    status = 404
    zh = "没有这个敏感词。"
    en = "There is no such sensitive word."


class WordTaken(DomainError):
    zh = "“{word}”已经是敏感词。"
    en = "“{word}” is a sensitive word already."


class SaysSensitiveWord(DomainError):
    """A text says what may not be said."""

    status = 422
    zh = "里面有不能说的词：{words}。请换个说法。"
    en = "It says what is not to be said: {words}. Put it another way."


@dataclass(frozen=True)
class Heard:
    """A message of a member of staff that says a sensitive word."""

    at: datetime
    customer: int
    customer_name: str
    staff: int
    staff_name: str
    text: str
    words: Sequence[str]


def words_not_to_say(workspace: Workspace) -> "QuerySet[SensitiveWord, SensitiveWord]":
    """Return the sensitive words."""
    return SensitiveWord.objects.within(workspace)


@transaction.atomic
def add_word(
    member: Member,
    word: str,
    rule: WordRule,
    *,
    severity: Severity = Severity.MEDIUM,
    speaker: Speaker = Speaker.STAFF,
    now: datetime,
) -> SensitiveWord:
    """Make a word sensitive: phrases may not say it, or chats are looked at for it; chats of the last week, too.

    :raises WordTaken:
    """
    try:
        with transaction.atomic():
            added = SensitiveWord.objects.create(
                workspace=member.workspace,
                word=word.strip().lower(),
                rule=rule,
                severity=severity,
                speaker=speaker,
                created_at=now,
            )
    except IntegrityError:
        raise WordTaken(word=word) from None
    _audit(member, "guides.word_added", added, now)
    return added


@transaction.atomic
def remove_word(member: Member, word_id: int, *, now: datetime) -> None:
    """Let a word be said again.

    :raises NoSuchWord:
    """
    found = SensitiveWord.objects.within(member.workspace).filter(pk=word_id).first()
    if found is None:
        raise NoSuchWord
    _audit(member, "guides.word_removed", found, now)
    found.delete()


def refuse_blocked(workspace: Workspace, text: str) -> None:
    """Refuse a text that says a blocked word.

    :raises SaysSensitiveWord:
    """
    rows = words_not_to_say(workspace).filter(rule=WordRule.BLOCK).order_by("word")
    folded = text.lower()
    said = [word for word in rows.values_list("word", flat=True) if word in folded]
    if said:
        raise SaysSensitiveWord(words="、".join(said[:10]))


def heard_words(member: Member, *, now: datetime, days: int = 7) -> list[Heard]:
    """Return recorded messages of the last days that say sensitive words, the newest first.

    What was said is there as far as messages are recorded with their text. Only what concerns customers
    whom the member may see.

    :raises WarehouseTooBusy:
    """
    workspace = member.workspace
    words = sorted(words_not_to_say(workspace).values_list("word", flat=True))
    scope = member.scope
    if not words or not (scope.is_everyone or scope.staff_ids):
        return []
    asked = {
        "workspace": workspace.pk,
        "since": now - timedelta(days=days),
        "until": now,
        "staff": [] if scope.is_everyone else sorted(scope.staff_ids),
        "words": words,
        "limit": _SHOWN,
    }
    rows = warehouse().rows(_SQL["said"], asked)
    today = customers.today(workspace, [row[1] for row in rows])
    lines = customers.lines_of(member, list(set(today.values())))
    people = workspaces.staff_by_id(workspace, [row[2] for row in rows])
    return [
        Heard(
            at.replace(tzinfo=UTC),
            today[customer],
            lines[today[customer]].customer.name,
            staff,
            people[staff].name if staff in people else "",
            text[:300],
            [word for word in words if word in text.lower()],
        )
        for at, customer, staff, text in rows
        if today.get(customer) in lines
    ]


def _audit(member: Member, action: str, word: SensitiveWord, now: datetime) -> None:
    detail = {
        "word": word.word,
        "rule": str(word.rule),
        "severity": Severity(word.severity).name.lower(),
        "speaker": str(word.speaker),
    }
    record_audit(member.workspace, member.actor, action, f"word:{word.pk}", detail=detail, now=now)
