"""The API of journeys, at `/api/v1/journeys`: what they are, who is in them, where."""

from yutang.journeys.api import campaigns, dry_run, effects, journeys, people, views
from yutang.journeys.api.router import router

__all__ = ["campaigns", "dry_run", "effects", "journeys", "people", "router", "views"]
