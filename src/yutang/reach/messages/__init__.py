"""What is said: messages of typed parts with variables, their versions, previews and approval.

    messages.render_many(workspace, version_id, {customer: {"order_no": "A7"}}, now=now)

Saved messages name only variables that exist; what is not known of a person is said beforehand
(`gaps_in_audience`) and never sent as a blank.
"""

from yutang.reach.messages._drafting import (
    MESSAGE_CHANNELS,
    MESSAGE_PURPOSES,
    MessageArchived,
    MessageNameTaken,
    MessageNotFound,
    MessageNotSound,
    MessageVersionNotFound,
    archive_message,
    check_plain,
    create_message,
    find_message,
    find_version,
    list_messages,
    name_authors,
    newest_version,
    rename_message,
    restore_message,
    restore_version,
    save_version,
    versions_of,
)
from yutang.reach.messages._limiting import (
    MessageFigure,
    NoSuchFigure,
    change_message_limit,
    message_limits,
)
from yutang.reach.messages._limits import Limits, limits_of, limits_within
from yutang.reach.messages._parts import PARTS
from yutang.reach.messages._phrases import check_phrase, fill_phrases
from yutang.reach.messages._previewing import (
    Gap,
    Gaps,
    Length,
    MessagePreview,
    gaps_in_audience,
    gaps_of,
    preview_message,
)
from yutang.reach.messages._rendering import Unrenderable, render_many
from yutang.reach.messages._reviewing import (
    AlreadyReviewed,
    NotAskedFor,
    OwnMessage,
    ReasonMissing,
    approve,
    ask_for_review,
    is_approved,
    reject,
)
from yutang.reach.messages._sandbox import FILTERS
from yutang.reach.messages._words import GROUPS, Word, words_of

__all__ = [
    "FILTERS",
    "GROUPS",
    "MESSAGE_CHANNELS",
    "MESSAGE_PURPOSES",
    "PARTS",
    "AlreadyReviewed",
    "Gap",
    "Gaps",
    "Length",
    "Limits",
    "MessageArchived",
    "MessageFigure",
    "MessageNameTaken",
    "MessageNotFound",
    "MessageNotSound",
    "MessagePreview",
    "MessageVersionNotFound",
    "NoSuchFigure",
    "NotAskedFor",
    "OwnMessage",
    "ReasonMissing",
    "Unrenderable",
    "Word",
    "approve",
    "archive_message",
    "ask_for_review",
    "change_message_limit",
    "check_phrase",
    "check_plain",
    "create_message",
    "fill_phrases",
    "find_message",
    "find_version",
    "gaps_in_audience",
    "gaps_of",
    "is_approved",
    "limits_of",
    "limits_within",
    "list_messages",
    "message_limits",
    "name_authors",
    "newest_version",
    "preview_message",
    "reject",
    "rename_message",
    "render_many",
    "restore_message",
    "restore_version",
    "save_version",
    "versions_of",
    "words_of",
]
