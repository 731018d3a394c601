"""The API of journeys, at `/api/v1/journeys`: what they are, who is in them, where."""

from yutang.journeys.api import journeys, people
from yutang.journeys.api.router import router

__all__ = ["journeys", "people", "router"]
