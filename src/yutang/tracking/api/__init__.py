"""The routes of tracking, by what they are about."""

from ninja import Router

from yutang.tracking.api.hooks import router as hooks
from yutang.tracking.api.ingest import router as ingest
from yutang.tracking.api.sites import router as sites
from yutang.tracking.api.timeline import router as timeline

__all__ = ["router"]

router = Router()
router.add_router("", ingest)
router.add_router("", sites)
router.add_router("", timeline)
router.add_router("", hooks)
