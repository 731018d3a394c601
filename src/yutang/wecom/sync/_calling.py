"""The platform of a corp, as the sync asks it: by its client, in the lane that yields to everybody."""

from collections.abc import Mapping
from typing import Any

from yutang.wecom.client.client import Client
from yutang.wecom.client.limits import Lane
from yutang.wecom.models import Corp
from yutang.wecom.sync._platform import Platform

__all__ = ["platform_of"]

_BY_GET = frozenset(
    {
        "department/list",
        "externalcontact/get",
        "externalcontact/get_follow_user_list",
        "externalcontact/list",
        "user/get",
        "user/list",
    }
)


def platform_of(corp: Corp, *, lane: Lane = Lane.SYNC) -> Platform:
    """Return what calls the platform of this corp."""
    client = Client(corp)

    def call(api: str, asked: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        if api in _BY_GET:
            return client.call(api, query=asked, lane=lane)
        return client.call(api, dict(asked or {}), lane=lane)

    return call
