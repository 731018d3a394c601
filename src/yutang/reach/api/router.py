"""The one router the routes of policy, sendings and deliveries hang on."""

from ninja import Router

__all__ = ["router"]

router = Router(tags=["reach"])
