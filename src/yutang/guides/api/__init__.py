"""The API of guides, at `/api/v1/guides`: the person in front, phrases, the day, the team."""

from yutang.guides.api import day, person, phrases, quality, team, words
from yutang.guides.api.router import router

__all__ = ["day", "person", "phrases", "quality", "router", "team", "words"]
