"""Sites: pages that send events with a public write key.

Everybody who opens the page can read the key. It therefore only writes events, only from the site's
origins, and may name a visitor by more than her device only with a proof that our server's owner
computed: HMAC-SHA256 of the identities under the site's secret (`proof_of`).
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from yutang.kit.errors import DomainError
from yutang.tracking.models import Site
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member, record_audit

__all__ = [
    "NotAnOrigin",
    "OriginNotAllowed",
    "SiteNotFound",
    "WriteKeyUnknown",
    "add_site",
    "change_site",
    "derived_secret",
    "proof_of",
    "site_of",
    "site_of_key",
    "site_secret",
    "sites_of",
]


class SiteNotFound(DomainError):
    """Not there, or not yours."""

    status = 404
    zh = "没有这个网站。"
    en = "There is no such site."


class WriteKeyUnknown(DomainError):
    """No site has this write key, or it was switched off."""

    status = 401
    zh = "这个写入密钥不存在，或对应的网站已停用。请到设置里复制新的代码。"
    en = "No active site has this write key. Copy the snippet again from the settings."


class OriginNotAllowed(DomainError):
    """The page does not belong to the site."""

    status = 403
    zh = "网站“{site}”不接收来自 {origin} 的事件。需要的话，请在设置里加上这个来源。"
    en = "Site “{site}” takes no events from {origin}. Add this origin in the settings if it is yours."


class NotAnOrigin(DomainError):
    """What was given is no origin of pages."""

    status = 422
    zh = "“{came}”不是来源地址。应为 https://shop.example.com 或 https://*.example.com，不带路径。"
    en = "“{came}” is not an origin. Give https://shop.example.com or https://*.example.com, without a path."


_LONGEST = 200  # what the table holds; looked at before the expression, whose time grows with it
_ORIGIN = re.compile(
    r"https?://(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?"
)


def sites_of(workspace: Workspace) -> "QuerySet[Site]":
    """Return the sites of a workspace."""
    return Site.objects.within(workspace)


def site_of(workspace: Workspace, site_id: int) -> Site:
    """Return one site.

    :raises SiteNotFound:
    """
    try:
        return Site.objects.within(workspace).get(pk=site_id)
    except Site.DoesNotExist:
        raise SiteNotFound from None


@transaction.atomic
def add_site(
    member: Member, name: str, origins: Sequence[str], *, trusts_pages: bool, now: datetime
) -> Site:
    """Let the pages of a site send events.

    :raises NotAnOrigin:
    """
    site = Site.objects.create(
        workspace=member.workspace,
        name=name,
        write_key=f"ytp_{secrets.token_hex(16)}",
        origins=_origins(origins),
        trusts_pages=trusts_pages,
        created_at=now,
    )
    record_audit(
        member.workspace,
        member.actor,
        "tracking.site_added",
        f"site:{site.pk}",
        detail={"name": name, "origins": site.origins, "trusts_pages": trusts_pages},
        now=now,
    )
    return site


@transaction.atomic
def change_site(
    member: Member,
    site_id: int,
    *,
    now: datetime,
    name: str | None = None,
    origins: Sequence[str] | None = None,
    trusts_pages: bool | None = None,
    is_active: bool | None = None,
    new_secret: bool = False,
) -> Site:
    """Change what was given of a site; `new_secret` makes proofs by the old one worthless.

    :raises SiteNotFound, NotAnOrigin:
    """
    site = site_of(member.workspace, site_id)
    before = _audited(site)
    site.name = site.name if name is None else name
    site.origins = site.origins if origins is None else _origins(origins)
    site.trusts_pages = site.trusts_pages if trusts_pages is None else trusts_pages
    site.is_active = site.is_active if is_active is None else is_active
    site.secret_number += new_secret
    site.save()
    record_audit(
        member.workspace,
        member.actor,
        "tracking.site_changed",
        f"site:{site.pk}",
        detail={"before": before, "after": _audited(site)},
        now=now,
    )
    return site


def _audited(site: Site) -> dict[str, object]:
    return {
        "name": site.name,
        "origins": site.origins,
        "trusts_pages": site.trusts_pages,
        "is_active": site.is_active,
        "secret_number": site.secret_number,
    }


def _origins(given: Sequence[str]) -> list[str]:
    cleaned = [each.strip().rstrip("/").lower() for each in given]
    for each in cleaned:
        if len(each) > _LONGEST or not _ORIGIN.fullmatch(each):
            raise NotAnOrigin(came=each[:200])
    return sorted(set(cleaned))


def site_of_key(write_key: str, origin: str) -> Site:
    """Return the active site of a write key, for a page of this origin.

    :raises WriteKeyUnknown, OriginNotAllowed:
    """
    site = Site.objects.select_related("workspace").filter(write_key=write_key[:40]).first()
    if site is None or not site.is_active or "\0" in write_key:
        raise WriteKeyUnknown
    if not any(_covers(allowed, origin.lower()) for allowed in site.origins):
        raise OriginNotAllowed(site=site.name, origin=origin[:200] or "—")
    return site


def _covers(allowed: str, origin: str) -> bool:
    scheme, _, host = allowed.partition("://*")
    return origin == allowed or bool(
        host and origin.startswith(f"{scheme}://") and origin.endswith(host)
    )


def derived_secret(purpose: str, number: int) -> bytes:
    """Return 32 secret bytes that only this installation can compute; nothing is stored."""
    said = f"yutang:{purpose}:{number}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).digest()


def site_secret(site: Site) -> str:
    """Return the secret that proves identities to a site; for the brand's own server."""
    return derived_secret(f"site:{site.pk}", site.secret_number).hex()


def proof_of(secret: str, customer: Mapping[str, str | int]) -> str:
    """Return the proof of identities: HMAC-SHA256 over `kind:value` lines in order, without the device.

    >>> proof_of(secret, {"member_no": "M7", "phone": "13800138000"})
    """
    said = "\n".join(
        f"{kind}:{value}" for kind, value in sorted(customer.items()) if kind != "device"
    )
    return hmac.new(secret.encode(), said.encode(), hashlib.sha256).hexdigest()
