"""Whom a channel may talk to: names are resolved here once, and the connection goes to that address.

An address somebody typed into a form must not lead into the operator's own network (SSRF): only
public addresses are spoken to, and those of `YUTANG_PRIVATE_NETWORKS`.
"""

import ipaddress
import socket
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

__all__ = ["NotReachable", "addresses_of", "private_networks"]

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotReachable(Exception):
    """The name leads nowhere, or to an address that is not public."""


def addresses_of(host: str, port: int) -> list[str]:
    """Return where a name leads now.

    :raises NotReachable: nowhere, or any of it is not public.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotReachable("the name leads nowhere") from None
    addresses = [str(each[4][0]) for each in found]
    if not all(_may_be_asked(ipaddress.ip_address(each.partition("%")[0])) for each in addresses):
        raise NotReachable("the name leads to an address that is not public")
    return addresses


def _may_be_asked(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return _may_be_asked(address.ipv4_mapped)
        if address.sixtofour or address.teredo or address in _NAT64:
            return False  # an IPv4 address in disguise
    if any(address in network for network in private_networks()):
        return True
    return address.is_global and not address.is_multicast


def private_networks() -> tuple[Network, ...]:
    """Return the networks of the operator's own that channels may reach."""
    return _read(settings.YUTANG_PRIVATE_NETWORKS)


@lru_cache(maxsize=8)
def _read(written: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(each) for each in written.replace(",", " ").split())
    except ValueError:
        raise ImproperlyConfigured(
            "YUTANG_PRIVATE_NETWORKS should be networks such as 10.0.0.0/8, 192.168.1.7/32."
        ) from None
