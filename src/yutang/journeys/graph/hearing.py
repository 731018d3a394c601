"""What a graph has to be told of."""

from yutang.journeys.graph.nodes import EventEntry, Graph, UntilEventNode

__all__ = ["listens_to"]


def listens_to(graph: Graph) -> set[str]:
    """Return the event types that something in the graph waits for."""
    patterns = [each.event for each in graph.nodes.values() if isinstance(each, UntilEventNode)]
    patterns += [each.event for each in graph.exits if each.event]
    if isinstance(graph.entry, EventEntry):
        patterns.append(graph.entry.pattern)
    if graph.goal:
        patterns.append(graph.goal.event)
    return {each for pattern in patterns for each in pattern.types}
