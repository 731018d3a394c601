"""The routes of workspaces, by what they are about."""

from ninja import Router

from yutang.workspaces.api.audit import router as audit
from yutang.workspaces.api.auth import router as auth
from yutang.workspaces.api.jobs import router as jobs
from yutang.workspaces.api.keys import router as keys
from yutang.workspaces.api.me import router as me
from yutang.workspaces.api.members import router as members
from yutang.workspaces.api.org import router as org
from yutang.workspaces.api.staff import router as staff
from yutang.workspaces.api.workspaces import router as workspaces

__all__ = ["router"]

router = Router()
router.add_router("/auth", auth)
router.add_router("/me", me)
router.add_router("/workspaces", workspaces)
router.add_router("/members", members)
router.add_router("/keys", keys)
router.add_router("", org)
router.add_router("/staff", staff)
router.add_router("/audit", audit)
router.add_router("/jobs", jobs)
