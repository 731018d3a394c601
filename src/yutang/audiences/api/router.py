"""The one router the routes of audiences hang on."""

from ninja import Router

__all__ = ["router"]

router = Router(tags=["audiences"])
