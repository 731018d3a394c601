"""The one router the routes of acquisition hang on."""

from ninja import Router

__all__ = ["router"]

router = Router(tags=["acquisition"])
