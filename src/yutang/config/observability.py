"""Whether the process lives (`/healthz`), whether it can serve (`/readyz`), and figures (`/metrics`)."""

import hmac
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from yutang.engines import warehouse
from yutang.kit.metrics import REGISTRY, histogram
from yutang.kit.pulse import pulses
from yutang.workspaces.service import address_of

__all__ = ["ANSWERED", "health", "metrics", "readiness"]

log = structlog.get_logger(__name__)

ANSWERED = histogram(
    "yutang_request_seconds",
    "How long requests took, by method, route and status.",
    "method",
    "route",
    "status",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
_LOOPBACK = {"127.0.0.1", "::1"}
# A pulse whose last beat is older than this many of its intervals (and a minute) is stuck.
_INTERVALS = 5

_migrated = False


def health(request: HttpRequest) -> HttpResponse:
    """Answer that the process lives; touches nothing else."""
    return JsonResponse({"status": "alive"})


def readiness(request: HttpRequest) -> HttpResponse:
    """Answer 200 when both stores answer, migrations are applied and every pulse is led by somebody."""
    checks = {
        "postgresql": _answers(_ask_postgresql),
        "warehouse": _answers(_ask_warehouse),
        "migrations": _answers(_ask_migrations),
        "pulses": _answers(_ask_pulses),
    }
    is_ready = all(checks.values())
    return JsonResponse({"ready": is_ready, "checks": checks}, status=200 if is_ready else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """Show the figures to Prometheus: on this machine, or to whoever has the token."""
    token = settings.YUTANG_METRICS_TOKEN
    if token:
        shown = request.headers.get("Authorization", "").encode("utf-8", "surrogatepass")
        if not hmac.compare_digest(shown, f"Bearer {token}".encode()):
            return HttpResponseForbidden("YUTANG_METRICS_TOKEN\n", content_type="text/plain")
    elif address_of(request) not in _LOOPBACK or "X-Forwarded-For" in request.headers:
        return HttpResponseForbidden("YUTANG_METRICS_TOKEN\n", content_type="text/plain")
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


def _answers(ask: Callable[[], bool]) -> bool:
    try:
        return ask()
    except Exception:
        log.exception("not ready", asked=ask.__name__)
        return False


def _ask_postgresql() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _ask_warehouse() -> bool:
    return bool(warehouse().value("SELECT 1") == 1)


def _ask_migrations() -> bool:
    """Return whether nothing waits to be applied; once true it stays so in this process."""
    global _migrated  # noqa: PLW0603
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def _ask_pulses() -> bool:
    """Return whether each pulse that wants one has a leader in some process, and those here keep beating."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND classid = 0"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        held = {number for (number,) in cursor.fetchall()}
    led = all(each.lock in held for each in pulses.values() if each.alone)
    return led and not any(
        each.beaten_at and time.time() - each.beaten_at > max(60.0, _INTERVALS * each.every)
        for each in pulses.values()
    )


class _Beats(Collector):
    """When each pulse led by this process last beat."""

    def collect(self) -> list[GaugeMetricFamily]:
        beats = GaugeMetricFamily(
            "yutang_pulse_last_beat_seconds",
            "Unix time of the last beat of a pulse led by this process.",
            labels=["pulse"],
        )
        for each in pulses.values():
            if each.beaten_at:
                beats.add_metric([each.name], each.beaten_at)
        return [beats]


REGISTRY.register(_Beats())
