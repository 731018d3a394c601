"""Whatever runs in one process keeps a connection of its own: there must be enough of them."""

import re

from yutang.engines import postgres
from yutang.kit.pulse import pulses

AT_ONCE = 8  # requests, by default; each may ask in a thread beside it


def test_every_pulse_and_every_request_finds_a_connection() -> None:
    found = re.search(r"max_connections = (\d+)", postgres._DURABLE_AND_SMALL)
    beating = sum(each.threads for each in pulses.values())

    assert found
    assert beating > 30
    assert int(found[1]) >= 2 * (beating + AT_ONCE)
