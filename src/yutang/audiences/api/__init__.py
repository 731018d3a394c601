"""The API of audiences, at `/api/v1/audiences`: conditions, saved audiences, who is in, tag rules."""

from yutang.audiences.api import (
    audiences,
    conditions,
    explanations,
    people,
    rules,
    sentences,
    words,
)
from yutang.audiences.api.router import router

__all__ = [
    "audiences",
    "conditions",
    "explanations",
    "people",
    "router",
    "rules",
    "sentences",
    "words",
]
