"""A journey's graph: what it is made of, how it is read from JSON, what may not be.

A private part of `journeys`; other apps reach it through `journeys.service`.
"""

from yutang.journeys.graph.from_json import from_json
from yutang.journeys.graph.hearing import listens_to
from yutang.journeys.graph.mistakes import GraphUnreadable
from yutang.journeys.graph.nodes import Graph, Node, exits_of
from yutang.journeys.graph.spans import Span, local

__all__ = [
    "Graph",
    "GraphUnreadable",
    "Node",
    "Span",
    "exits_of",
    "from_json",
    "listens_to",
    "local",
]
