"""The one router the routes of customers hang on."""

from ninja import Router

__all__ = ["router"]

router = Router(tags=["customers"])
