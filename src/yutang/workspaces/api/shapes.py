"""Shapes that several routes answer with."""

import re
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, Field, StringConstraints

from yutang.kit.i18n import Text
from yutang.workspaces.models import Role, ScopeKind

__all__ = ["Code", "Email", "MembershipOut", "Name", "Password", "WorkspaceOut"]

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


def _address(written: str) -> str:
    if not _ADDRESS.fullmatch(written):
        raise ValueError(
            Text(
                "应为邮箱地址，如 ahua@example.com。",
                "Expected an e-mail address such as ahua@example.com.",
            )
        )
    return written


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64)]
Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254),
    AfterValidator(_address),
    Field(json_schema_extra={"format": "email"}),
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
