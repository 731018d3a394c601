"""Shapes that several routes answer with."""

from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from yutang.workspaces.models import Role, ScopeKind

__all__ = ["Code", "Email", "MembershipOut", "Name", "Password", "WorkspaceOut"]

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)]
Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$"),
]
Password = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class WorkspaceOut(Schema):
    """One brand."""

    id: int
    name: Annotated[str, Field(examples=["茶馆"])]
    slug: Annotated[str, Field(examples=["tea-house"])]
    time_zone: Annotated[str, Field(examples=["Asia/Shanghai"])]
    is_demo: bool


class MembershipOut(Schema):
    """Where I work, and as what."""

    workspace: WorkspaceOut
    role: Role
    scope: ScopeKind
