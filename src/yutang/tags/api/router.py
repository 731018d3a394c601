"""The one router the routes of tags hang on."""

from ninja import Router

__all__ = ["router"]

router = Router(tags=["tags"])
