"""Routes between conditions and sentences."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yutang.audiences import service as audiences
from yutang.audiences.api.router import router
from yutang.kit.errors import refusals
from yutang.workspaces.service import MemberRequest, needs

__all__ = ["ConditionReadOut", "ConditionSaidOut"]


class ConditionSayIn(Schema):
    """A condition to say."""

    condition: Annotated[dict[str, Any], Field(examples=[{"kind": "all", "of": []}])]


class ConditionSaidOut(Schema):
    """What a condition says: in the reader's language, and in both."""

    sentence: str
    zh: str
    en: str


class ConditionReadIn(Schema):
    """A sentence to read, in Chinese or in English."""

    sentence: Annotated[
        str, Field(max_length=5000, examples=["近30天收藏≥1次 且 近7天活跃 且 城市=北京"])
    ]


class ConditionReadOut(ConditionSaidOut):
    """The condition a sentence states, and how we say it."""

    condition: dict[str, Any]


@router.post(
    "/say",
    summary="Say a condition as a sentence",
    response={200: ConditionSaidOut} | refusals(audiences.ConditionUnreadable),
)
@needs("audiences.read")
def say_condition(request: MemberRequest, body: ConditionSayIn) -> dict[str, object]:
    return _said(request, body.condition)


@router.post(
    "/read",
    summary="Read a sentence as a condition",
    description="A refusal names the place in the sentence and what was expected there.",
    response={200: ConditionReadOut} | refusals(audiences.SentenceUnreadable),
)
@needs("audiences.read")
def read_condition(request: MemberRequest, body: ConditionReadIn) -> dict[str, object]:
    condition = audiences.read_sentence(request.auth.workspace, body.sentence)
    return {"condition": condition} | _said(request, condition)


def _said(request: MemberRequest, condition: dict[str, Any]) -> dict[str, object]:
    both = audiences.said(request.auth.workspace, condition)
    return {"sentence": both.said(), "zh": both.zh, "en": both.en}
