"""What each role may do: one table, and nothing beside it."""

import pytest

from yutang.workspaces.models import Role, ScopeKind
from yutang.workspaces.service import PERMISSIONS, ROLE_LABELS, ROLE_PERMISSIONS, needs
from yutang.workspaces.tests.builders import a_key, a_member, a_workspace, as_member, with_key

#                         owner  operator  analyst  guide  store_manager  developer
TABLE = """
audiences.export            x       x         .       .          .            .
audiences.read              x       x         x       .          x            x
audiences.write             x       x         x       .          .            .
audit.read                  x       .         .       .          .            .
catalogue.write             x       x         .       .          .            x
channels.write              x       .         .       .          .            x
chats.read                  x       x         .       .          x            .
codes.read                  x       x         x       .          x            .
codes.write                 x       x         .       .          .            .
customers.erase             x       .         .       .          .            .
customers.export            x       x         .       .          .            .
customers.merge             x       x         .       .          .            .
customers.read              x       x         x       x          x            x
customers.unmask            x       x         .       x          x            .
customers.write             x       x         .       x          x            .
events.read                 x       x         x       x          x            x
events.write                x       .         .       .          .            x
guides.read                 x       x         x       .          x            .
guides.write                x       x         .       .          x            .
imports.read                x       x         x       .          .            x
imports.write               x       x         .       .          .            x
jobs.read                   x       x         x       .          x            x
journeys.activate           x       x         .       .          .            .
journeys.read               x       x         x       .          x            x
journeys.write              x       x         .       .          .            .
keys.write                  x       .         .       .          .            x
members.write               x       .         .       .          .            .
policy.write                x       x         .       .          .            .
reach.approve               x       x         .       .          .            .
reach.read                  x       x         x       .          x            x
reach.write                 x       x         .       .          .            .
settings.write              x       .         .       .          .            .
staff.read                  x       x         x       x          x            x
staff.write                 x       x         .       .          .            .
tags.read                   x       x         x       x          x            x
tags.write                  x       x         .       .          x            .
transfers.read              x       x         .       .          x            .
transfers.write             x       x         .       .          x            .
webhooks.write              x       .         .       .          .            x
wecom.read                  x       x         .       .          .            x
wecom.write                 x       .         .       .          .            x
"""
ROLES = [
    Role.OWNER,
    Role.OPERATOR,
    Role.ANALYST,
    Role.GUIDE,
    Role.STORE_MANAGER,
    Role.DEVELOPER,
]


def test_the_table_is_what_the_roles_may_do() -> None:
    rows = {
        permission: [role in held for role in ROLES]
        for permission in sorted(PERMISSIONS)
        for held in [[role for role, may in ROLE_PERMISSIONS.items() if permission in may]]
    }
    table = {
        permission: [mark == "x" for mark in marks]
        for permission, *marks in (line.split() for line in TABLE.split("\n") if line)
    }

    assert rows == table


def test_every_role_has_a_name_and_a_row() -> None:
    assert set(ROLE_LABELS) == set(ROLE_PERMISSIONS) == set(Role) == set(ROLES)


def test_a_permission_nobody_declared_cannot_be_asked_for() -> None:
    with pytest.raises(KeyError):
        needs("customers.eat")


@pytest.mark.django_db
def test_a_member_may_what_her_role_may_and_a_key_what_it_was_given() -> None:
    tea = a_workspace()

    assert as_member(a_member(tea, Role.ANALYST)).get("/staff").status_code == 200
    assert as_member(a_member(tea, Role.ANALYST)).get("/keys").status_code == 403
    assert with_key(a_key(tea, ["keys.write"])).get("/keys").status_code == 200
    assert with_key(a_key(tea, ["keys.write"])).get("/staff").status_code == 403


@pytest.mark.django_db
def test_a_key_sees_everyones_customers_and_is_no_person() -> None:
    tea = a_workspace()
    asker = with_key(a_key(tea))

    refused = asker.post("/workspaces", {"name": "Second House"})

    assert (refused.status_code, refused.json()["code"]) == (403, "workspaces.needs_a_person")
    assert a_member(tea).scope.kind is ScopeKind.ALL
