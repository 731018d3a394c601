"""The door of workspaces: who is asking, what they may do, and the record of what they did."""

from yutang.workspaces._audit import record_audit
from yutang.workspaces._authentication import (
    CameFromElsewhere,
    KeyNotAccepted,
    NoSuchWorkspace,
    NotSignedIn,
    PasswordMustChange,
    SignedIn,
    WorkspaceMember,
    member_of_user,
)
from yutang.workspaces._founding import Founded, found_installation
from yutang.workspaces._jobs import (
    begin_job,
    fail_job,
    finish_job,
    job_is_cancelled,
    report_progress,
    start_job,
)
from yutang.workspaces._keys import make_key, member_of_key
from yutang.workspaces._members import (
    Member,
    MemberRequest,
    NotAllowed,
    Person,
    PersonRequest,
    Scope,
    needs,
    personal,
    public,
)
from yutang.workspaces._memberships import members_of
from yutang.workspaces._permissions import PERMISSIONS, ROLE_PERMISSIONS
from yutang.workspaces._sessions import SESSION_COOKIE, open_session
from yutang.workspaces.models import ScopeKind

__all__ = [
    "PERMISSIONS",
    "ROLE_PERMISSIONS",
    "SESSION_COOKIE",
    "CameFromElsewhere",
    "Founded",
    "KeyNotAccepted",
    "Member",
    "MemberRequest",
    "NoSuchWorkspace",
    "NotAllowed",
    "NotSignedIn",
    "PasswordMustChange",
    "Person",
    "PersonRequest",
    "Scope",
    "ScopeKind",
    "SignedIn",
    "WorkspaceMember",
    "begin_job",
    "fail_job",
    "finish_job",
    "found_installation",
    "job_is_cancelled",
    "make_key",
    "member_of_key",
    "member_of_user",
    "members_of",
    "needs",
    "open_session",
    "personal",
    "public",
    "record_audit",
    "report_progress",
    "start_job",
]
