"""Figures for Prometheus: where apps say what they count. `/metrics` (config) shows them.

    ACCEPTED = counter("yutang_events_accepted", "Events accepted, by way in.", "way")
    ACCEPTED.labels("http").inc(500)

    gauge("yutang_spool_rows", "Spool rows not yet in the warehouse.", depth)   # asked when scraped

Labels are few and fixed (a route, a state): never a customer, never a text somebody typed.
"""

import math
from collections.abc import Callable

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

__all__ = ["REGISTRY", "counter", "gauge", "histogram"]

log = structlog.get_logger(__name__)
REGISTRY = CollectorRegistry()


def counter(name: str, what: str, *labels: str) -> Counter:
    """Return a figure that only grows; `_total` is added to its name."""
    return Counter(name, what, labels, registry=REGISTRY)


def histogram(name: str, what: str, *labels: str, buckets: tuple[float, ...]) -> Histogram:
    """Return a distribution, in seconds or bytes, over these upper bounds."""
    return Histogram(name, what, labels, buckets=buckets, registry=REGISTRY)


def gauge(name: str, what: str, read: Callable[[], float]) -> None:
    """Show what `read` returns at each scrape; it should take a few milliseconds at most.

    What cannot be read at the moment (a store is away) is shown as NaN: the other figures stand.
    """

    def read_or_nan() -> float:
        try:
            return read()
        except Exception:
            log.exception("figure not readable", figure=name)
            return math.nan

    Gauge(name, what, registry=REGISTRY).set_function(read_or_nan)
