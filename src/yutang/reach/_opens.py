"""Who opened a mail: people, told apart from what fetches every picture before they do.

Only where an account was told to look (it is off by itself). Programs that scan mail say who they are. Apple's privacy
protection fetches all pictures on arrival, opened or not, in a name that says nothing else; what comes within seconds of
the sending was fetched by nobody either. Google's and Yahoo's proxies fetch a picture when somebody opens
the mail, and hide where: that counts. Of who fetched it, from where, nothing is kept.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from yutang.kit.metrics import counter
from yutang.reach._clicks import is_scanner
from yutang.reach._links import read_open
from yutang.reach._receiving import advance, telling
from yutang.reach.models import Delivery, DeliveryState

__all__ = ["note_open"]

_SOON = timedelta(seconds=10)
_NAMELESS = "Mozilla/5.0"  # Apple Mail Privacy Protection
_PROXIES = ("googleimageproxy", "yahoomailproxy")
_OPENS = counter("yutang_opens", "Pictures fetched from mails, by who fetched them.", "who")


def note_open(code: str, headers: Mapping[str, str], *, now: datetime) -> bool:
    """Say of a delivery that it was opened, if it was a person; return whether the code is ours.

    `headers` by names in lower case.
    """
    number = read_open(code)
    delivery = None if number is None else Delivery.objects.filter(pk=number).first()
    if delivery is None:
        return False
    who = _who(headers, delivery.sent_at, now)
    _OPENS.labels(who).inc()
    if who in ("person", "proxy"):
        with transaction.atomic():
            told = telling(delivery.pk, DeliveryState.OPENED, now)
            advance(delivery.workspace_id, [told], now=now)
    return True


def _who(headers: Mapping[str, str], sent_at: datetime | None, now: datetime) -> str:
    agent = headers.get("user-agent", "")
    if sent_at is None or now - sent_at < _SOON:
        return "instant"
    if any(each in agent.lower() for each in _PROXIES):
        return "proxy"
    if agent.strip() == _NAMELESS:
        return "privacy"
    return "scanner" if is_scanner(headers) else "person"
