"""Every face by its name, and the way from it to a graph and back."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from pydantic import ValidationError

from yutang.journeys.views.campaign import CampaignView
from yutang.journeys.views.moments import MomentsView
from yutang.journeys.views.sop import SopView
from yutang.journeys.views.welcome import WelcomeView

__all__ = ["FACES", "View", "graph_of", "view_of"]

View: TypeAlias = CampaignView | SopView | MomentsView | WelcomeView
Json = dict[str, Any]

FACES: Mapping[str, type[View]] = {
    "campaign": CampaignView,
    "sop": SopView,
    "moments": MomentsView,
    "welcome": WelcomeView,
}


def graph_of(view: View) -> Json:
    """Return the graph of a view, as JSON."""
    return view.graph()


def view_of(face: str, graph: Mapping[str, Any]) -> View | None:
    """Return the view a graph shows under a face, or None where the graph says more than the face can.

    Where nodes stand on the canvas is not looked at.
    """
    try:
        view = FACES[face].read(_plain(graph))
    except (ValidationError, LookupError, TypeError, AttributeError):
        return None
    return view if _plain(view.graph()) == _plain(graph) else None


def _plain(graph: Mapping[str, Any]) -> Json:
    nodes = {
        id_: {key: value for key, value in node.items() if key != "position"}
        for id_, node in graph["nodes"].items()
    }
    return {**graph, "nodes": nodes}
