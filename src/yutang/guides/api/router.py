"""The router every part of the API of guides hangs its routes on."""

from ninja import Router

__all__ = ["router"]

router = Router(tags=["guides"])
