"""The graphs of versions, which never change: read once a process."""

from collections.abc import Iterable

from yutang.journeys.graph import Graph, from_json
from yutang.journeys.models import JourneyVersion

__all__ = ["graphs_of"]

_MOST = 1_000
_read: dict[int, Graph] = {}


def graphs_of(version_ids: Iterable[int]) -> dict[int, Graph]:
    """Return the graph of each version, by the number of its row."""
    asked = set(version_ids)
    missing = [each for each in asked if each not in _read]
    if missing:
        if len(_read) > _MOST:
            _read.clear()
            missing = list(asked)
        rows = JourneyVersion.objects.filter(pk__in=missing).values_list("pk", "graph")
        _read.update({pk: from_json(graph) for pk, graph in rows})
    return {each: _read[each] for each in asked}
