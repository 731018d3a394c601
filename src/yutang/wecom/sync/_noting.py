"""What did not go and what had been lost, kept so that somebody can look at it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import F

from yutang.kit.errors import DomainError
from yutang.kit.i18n import Text
from yutang.wecom.models import Corp, Failure, Gap, GapKind, Subject, SyncRun
from yutang.wecom.sync._platform import code_of

__all__ = ["UNREADABLE", "note_failure", "note_gaps", "note_gone_well", "said"]

UNREADABLE = Text(
    "平台返回的资料不完整，读不出这位客户", "What the platform sent of this contact is not complete"
)
_MOST_GAPS = 10_000  # of one run and subject are listed; the rest is only counted


def said(refusal: DomainError) -> Text:
    """Return a refusal in both languages."""
    return Text(refusal.sentence("zh"), refusal.sentence("en"))


def note_failure(
    corp: Corp,
    subject: Subject,
    key: str,
    why: DomainError | Text,
    *,
    home: int = 0,
    now: datetime,
) -> None:
    """Keep that something did not go, and why; the same thing stands there once, with how often."""
    words = said(why) if isinstance(why, DomainError) else why
    told = {
        "code": code_of(why) if isinstance(why, DomainError) else 0,
        "zh": words.zh[:500],
        "en": words.en[:500],
        "home": home,
        "at": now,
    }
    Failure.objects.within(corp.workspace_id).update_or_create(
        corp=corp,
        subject=subject,
        key=key[:140],
        defaults=told | {"times": F("times") + 1},
        create_defaults=told | {"workspace_id": corp.workspace_id, "times": 1},
    )


def note_gone_well(corp: Corp, subject: Subject, keys: Iterable[str]) -> None:
    """Cross off what went this time."""
    mine = Failure.objects.within(corp.workspace_id).filter(corp=corp, subject=subject)
    if mine.exists():
        mine.filter(key__in=list(keys)).delete()


def note_gaps(
    run: SyncRun,
    subject: Subject,
    kind: GapKind,
    found: Sequence[tuple[str, int]],
    *,
    now: datetime,
) -> None:
    """Keep what no callback told of (key, home); a first run knows nothing that could have been lost."""
    if run.is_first or not found:
        return
    room = (
        _MOST_GAPS - Gap.objects.within(run.workspace_id).filter(run=run, subject=subject).count()
    )
    Gap.objects.bulk_create(
        Gap(
            workspace_id=run.workspace_id,
            corp_id=run.corp_id,
            run=run,
            subject=subject,
            kind=kind,
            key=key[:140],
            home=home,
            at=now,
        )
        for key, home in found[: max(room, 0)]
    )
