"""The one router the routes of journeys hang on."""

from ninja import Router

__all__ = ["router"]

router = Router(tags=["journeys"])
