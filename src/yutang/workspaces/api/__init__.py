"""The routes of workspaces, by what they are about."""

from ninja import Router

from yutang.workspaces.api.members import router as members

__all__ = ["router"]

router = Router()
router.add_router("/members", members)
