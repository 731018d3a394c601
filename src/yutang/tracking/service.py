"""The door of tracking: events from outside, however they come.

tracking.accept(workspace, [IncomingEvent(type="favorite", customer={"phone": "…"})], source="http", now=now)
"""

from yutang.tracking._accepting import Accepted, IncomingEvent, accept
from yutang.tracking._hooks import (
    DeliveryNotJson,
    DeliveryRefused,
    HookNotFound,
    NotSigned,
    SignatureWrong,
    TimestampOff,
    add_hook,
    change_hook,
    deliveries_of,
    forget_deliveries,
    hook_of,
    hook_secrets,
    hooks_of,
    preview,
    receive,
)
from yutang.tracking._ingest import EventsNotAsExpected, Ingested, SpoolFull, ingest
from yutang.tracking._mapping import Mapped, MappingNotAsExpected
from yutang.tracking._reading import (
    BodyNotEvents,
    BodyNotGzip,
    BodyUnpacksTooLarge,
    EncodingUnknown,
    TooManyEvents,
)
from yutang.tracking._sites import (
    NotAnOrigin,
    OriginNotAllowed,
    SiteNotFound,
    WriteKeyUnknown,
    add_site,
    change_site,
    proof_of,
    site_of,
    site_of_key,
    site_secret,
    sites_of,
)
from yutang.tracking._snippet import script, snippet_html
from yutang.tracking._timelines import timeline
from yutang.tracking.imports import service as imports

__all__ = [
    "Accepted",
    "BodyNotEvents",
    "BodyNotGzip",
    "BodyUnpacksTooLarge",
    "DeliveryNotJson",
    "DeliveryRefused",
    "EncodingUnknown",
    "EventsNotAsExpected",
    "HookNotFound",
    "IncomingEvent",
    "Ingested",
    "Mapped",
    "MappingNotAsExpected",
    "NotAnOrigin",
    "NotSigned",
    "OriginNotAllowed",
    "SignatureWrong",
    "SiteNotFound",
    "SpoolFull",
    "TimestampOff",
    "TooManyEvents",
    "WriteKeyUnknown",
    "accept",
    "add_hook",
    "add_site",
    "change_hook",
    "change_site",
    "deliveries_of",
    "forget_deliveries",
    "hook_of",
    "hook_secrets",
    "hooks_of",
    "imports",
    "ingest",
    "preview",
    "proof_of",
    "receive",
    "script",
    "site_of",
    "site_of_key",
    "site_secret",
    "sites_of",
    "snippet_html",
    "timeline",
]
