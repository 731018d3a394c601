"""Health, readiness, figures and logs: what an operator of the machine looks at."""

import json
import logging
import threading
import time
from collections.abc import Callable

import pytest
import structlog
from django.test import Client, override_settings

from yutang.kit import pulse as pulses
from yutang.kit.metrics import gauge
from yutang.workspaces.tests.builders import a_member, a_workspace, as_member

pytestmark = pytest.mark.django_db


def test_a_process_that_lives_says_so_without_touching_a_store(
    django_assert_num_queries,
) -> None:
    with django_assert_num_queries(0):
        assert Client().get("/healthz").json() == {"status": "alive"}


def checks() -> tuple[int, dict[str, bool]]:
    response = Client().get("/readyz")
    return response.status_code, response.json()["checks"]


def test_it_is_ready_when_the_stores_answer_and_every_pulse_is_led(
    open_warehouse: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    led = pulses.Pulse("test.led", 1.0, lambda: False)
    monkeypatch.setattr("yutang.config.observability.pulses", {led.name: led})

    assert checks() == (
        503,
        {"postgresql": True, "warehouse": True, "migrations": True, "pulses": False},
    )
    assert pulses._leads(led)
    assert checks()[0] == 200
    led.beaten_at = time.time() - 61
    assert checks()[1]["pulses"] is False


@pytest.mark.django_db(transaction=True)
def test_a_pulse_that_rests_for_long_is_led_meanwhile(
    open_warehouse: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    resting = pulses.Pulse("test.resting", 60.0, lambda: False)
    for module in ("config.observability", "kit.pulse"):
        monkeypatch.setattr(f"yutang.{module}.pulses", {resting.name: resting})
    stop = threading.Event()
    (thread,) = pulses.run_pulses(stop)
    try:
        deadline = time.monotonic() + 10
        while not resting.beaten_at and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.2)  # it has given its connection back
        assert checks()[0] == 200
    finally:
        stop.set()
        resting.woken.set()
        thread.join()
    assert checks()[1]["pulses"] is False


def test_a_store_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable() -> None:
        raise ConnectionError

    monkeypatch.setattr("yutang.config.observability.warehouse", unreachable)

    status, found = checks()

    assert (status, found["warehouse"], found["postgresql"]) == (503, False, True)


def test_requests_are_counted_by_route_not_by_address() -> None:
    asker = as_member(a_member(a_workspace()))
    asker.get("/stores/4711")

    figures = Client().get("/metrics").content.decode()

    assert (
        'yutang_request_seconds_count{method="GET",route="api/v1/stores/<store_id>",status="404"}'
        in figures
    )
    assert "stores/4711" not in figures


def test_a_pulse_that_beats_here_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    beating = pulses.Pulse("test.beating", 1.0, lambda: False, beaten_at=1000.0)
    silent = pulses.Pulse("test.silent", 1.0, lambda: False)
    monkeypatch.setattr(
        "yutang.config.observability.pulses", {each.name: each for each in (beating, silent)}
    )

    figures = Client().get("/metrics").content.decode()

    assert 'yutang_pulse_last_beat_seconds{pulse="test.beating"} 1000.0' in figures
    assert "test.silent" not in figures


def test_figures_are_for_this_machine_or_for_whoever_has_the_token() -> None:
    def status(**request: object) -> int:
        return Client().get("/metrics", **request).status_code

    assert status(REMOTE_ADDR="203.0.113.7") == 403
    assert status(headers={"X-Forwarded-For": "127.0.0.1"}) == 403
    with override_settings(YUTANG_METRICS_TOKEN="t0ken"):
        assert status() == 403
        assert status(headers={"Authorization": "Bearer t0ken"}) == 200
        assert status(headers={"Authorization": "Bearer 密码"}) in {400, 403}


def test_behind_a_proxy_the_address_is_the_one_the_proxy_heard_from() -> None:
    from django.test import RequestFactory

    from yutang.workspaces.service import address_of

    request = RequestFactory().get("/", headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.7"})

    assert address_of(request) == "127.0.0.1"
    with override_settings(YUTANG_PROXIES=1):
        assert address_of(request) == "203.0.113.7"
    with override_settings(YUTANG_PROXIES=3):
        assert address_of(request) == "127.0.0.1"


def test_a_log_line_is_one_json_object(logged: Callable[[], str]) -> None:
    structlog.get_logger("test").info("spool drained", rows=500, zh="茶")
    logging.getLogger("somebody.else").warning("look at %s", "this")

    ours, theirs = [json.loads(line) for line in logged().splitlines()]

    assert (ours["event"], ours["rows"], ours["zh"], ours["level"]) == (
        "spool drained",
        500,
        "茶",
        "info",
    )
    assert (theirs["event"], theirs["logger"]) == ("look at this", "somebody.else")


def test_an_exception_is_logged_without_what_it_says_of_data(
    logged: Callable[[], str],
) -> None:
    def stumble() -> None:
        try:
            int("13800138000x")
        except ValueError as reason:
            raise LookupError("13800138000") from reason

    try:
        stumble()
    except LookupError:
        structlog.get_logger("test").exception("stumbled")
        logging.getLogger("somebody.else").exception("stumbled")

    for line in logged().splitlines():
        chain = json.loads(line)["exception"]
        assert [each["type"] for each in chain] == ["builtins.LookupError", "builtins.ValueError"]
        assert "13800138000" not in line


def test_what_an_exception_says_of_the_program_is_kept(logged: Callable[[], str]) -> None:
    try:
        None.brew()  # type: ignore[attr-defined]
    except AttributeError:
        structlog.get_logger("test").exception("stumbled")

    assert "has no attribute 'brew'" in logged()


def test_a_figure_that_cannot_be_read_leaves_the_others_standing() -> None:
    gauge("test_unreadable", "Reads a store that is away.", lambda: 1 / 0)

    figures = Client().get("/metrics").content.decode()

    assert "test_unreadable NaN" in figures
    assert "yutang_request_seconds_count" in figures


def test_the_loop_shows_its_figures() -> None:
    figures = Client().get("/metrics").content.decode()

    for name in (
        "yutang_events_accepted",
        "yutang_events_spooled",
        "yutang_audience_refresh_seconds",
    ):
        assert f"# HELP {name}" in figures
