"""The one router the routes of WeCom hang on."""

from ninja import Router

__all__ = ["router"]

router = Router(tags=["wecom"])
