"""Faces of a journey for those who do not draw graphs: a campaign, a table of steps, a weekly plan, a welcome.

Each is a value that makes a graph (`graph_of`) and can be read back from one (`view_of`), as long as
nobody drew on the canvas what the face cannot show.
"""

from yutang.journeys.views.campaign import CampaignGoal, CampaignVariant, CampaignView
from yutang.journeys.views.faces import FACES, View, graph_of, view_of
from yutang.journeys.views.moments import MomentsPost, MomentsView
from yutang.journeys.views.sop import SopStep, SopView
from yutang.journeys.views.welcome import WelcomeArm, WelcomeView

__all__ = [
    "FACES",
    "CampaignGoal",
    "CampaignVariant",
    "CampaignView",
    "MomentsPost",
    "MomentsView",
    "SopStep",
    "SopView",
    "View",
    "WelcomeArm",
    "WelcomeView",
    "graph_of",
    "view_of",
]
