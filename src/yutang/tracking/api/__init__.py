"""The routes of tracking, by what they are about."""

from ninja import Router

from yutang.tracking.api.ingest import router as ingest
from yutang.tracking.api.sites import router as sites

__all__ = ["router"]

router = Router()
router.add_router("", ingest)
router.add_router("", sites)
