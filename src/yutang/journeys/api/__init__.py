"""The API of journeys, at `/api/v1/journeys`: what they are, who is in them, where."""

from yutang.journeys.api import effects, journeys, people
from yutang.journeys.api.router import router

__all__ = ["effects", "journeys", "people", "router"]
