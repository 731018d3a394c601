"""The channels there are: ours, and those of installed packages (entry point group `yutang.channels`)."""

from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points

import structlog

from yutang.reach.channels.interface import Channel

__all__ = ["channel_named", "channels", "offer_channel"]

log = structlog.get_logger(__name__)
_offered: list[Channel] = []


def channels() -> Mapping[str, Channel]:
    """Return every channel by its name."""
    return _channels()


def channel_named(name: str) -> Channel | None:
    """Return a channel, or None where its package is not installed (any more)."""
    return _channels().get(name)


def offer_channel(channel: Channel) -> None:
    """Add a channel of an app above; called where that app is made ready."""
    _offered.append(channel)
    _channels.cache_clear()


@cache
def _channels() -> dict[str, Channel]:
    from yutang.reach.channels.email import Email
    from yutang.reach.channels.paper import Paper
    from yutang.reach.channels.sms_aliyun import AliyunSms
    from yutang.reach.channels.sms_tencent import TencentSms
    from yutang.reach.channels.webhook import Webhook

    ours: tuple[Channel, ...] = (Paper(), Webhook(), AliyunSms(), TencentSms(), Email())
    known: dict[str, Channel] = {each.name: each for each in (*ours, *_offered)}
    for point in sorted(entry_points(group="yutang.channels"), key=lambda each: each.name):
        try:
            theirs: Channel = point.load()()
        except Exception:  # one broken package does not stop the others' messages
            log.exception("channel not loaded", entry_point=point.value)
            continue
        if theirs.name in known:
            log.error("channel's name is taken", channel=theirs.name, entry_point=point.value)
            continue
        known[theirs.name] = theirs
    return known
