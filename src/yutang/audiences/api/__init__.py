"""The API of audiences, at `/api/v1/audiences`: conditions, saved audiences, who is in, tag rules."""

from yutang.audiences.api import audiences, conditions, people, rules, sentences, words
from yutang.audiences.api.router import router

__all__ = ["audiences", "conditions", "people", "router", "rules", "sentences", "words"]
