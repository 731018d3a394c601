"""Relations as a channel tells them are put, moved on and ended by the batch, by whose identity they are."""

from datetime import timedelta

import pytest

from yutang.customers import service as customers
from yutang.customers.models import Relation, RelationKind
from yutang.customers.service import ProfileRow, StandingRelation
from yutang.customers.tests.builders import NOON, a_member, a_workspace, who
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

STAFF = RelationKind.STAFF


@pytest.fixture
def owner(db: None) -> Member:
    return a_member(a_workspace())


def a_colleague(workspace: Workspace) -> int:
    return workspaces.create_staff(workspace, name="小林", actor="user:1", now=NOON).pk


def lines(workspace: Workspace) -> list[tuple[object, ...]]:
    rows = Relation.objects.within(workspace).filter(is_hidden=False).order_by("customer", "target")
    return list(rows.values_list("customer", "target", "status", "remark"))


def put(workspace: Workspace, *batch: StandingRelation) -> int:
    return customers.put_relations(workspace, STAFF, batch, now=NOON)


def test_a_relation_is_as_it_was_told_last_and_keeps_its_status(owner: Member) -> None:
    tea, lin = owner.workspace, a_colleague(owner.workspace)
    one = who(tea, external_userid="wm1")

    told = put(tea, StandingRelation(one, one, lin, remark="周女士", born="new"))
    customers.move_relations_on(tea, STAFF, [(one, lin)], "dealt", now=NOON)
    again = put(tea, StandingRelation(one, one, lin, remark="周女士", born="new"))
    changed = put(tea, StandingRelation(one, one, lin, remark="老周", born="new"))

    assert (told, again, changed) == (1, 0, 1)
    assert lines(tea) == [(one, lin, "dealt", "老周")]
    assert customers.move_relations_on(tea, STAFF, [(one, lin)], "nonsense", now=NOON) == 0


def test_of_two_who_became_one_the_relation_stays_while_either_has_it(owner: Member) -> None:
    tea, lin = owner.workspace, a_colleague(owner.workspace)
    one, other = who(tea, external_userid="wm1"), who(tea, external_userid="wm2")
    customers.merge(owner, one, other, now=NOON)

    put(tea, StandingRelation(one, one, lin), StandingRelation(one, other, lin, remark="二"))
    shown = len(lines(tea))
    first = customers.end_relations(tea, STAFF, [(one, lin)], now=NOON)
    left = lines(tea)
    last = customers.end_relations(tea, STAFF, [(other, lin)], now=NOON)

    assert (shown, first, last) == (1, 1, 1)
    assert left == [(one, lin, "", "二")]
    assert lines(tea) == []


def test_a_rivals_relations_are_not_touched(owner: Member) -> None:
    tea, lin = owner.workspace, a_colleague(owner.workspace)
    one = who(tea, external_userid="wm1")
    put(tea, StandingRelation(one, one, lin))
    rival = a_workspace("Coffee House")

    assert customers.end_relations(rival, STAFF, [(one, lin)], now=NOON) == 0
    assert len(lines(tea)) == 1


def test_a_source_replaces_its_own_word_and_nobody_elses(owner: Member) -> None:
    tea, later = owner.workspace, NOON + timedelta(days=1)

    def say(name: str, source: str) -> str:
        row = ProfileRow({"external_userid": "wm1"}, {"name": name})
        number = customers.upsert_many(tea, [row], source=source, now=later, keep="others")
        return customers.profile(owner, number.customers[0], now=later).customer.name

    said = [say("山茶", "wecom"), say("茶花", "wecom"), say("王芳", "user"), say("桂花", "wecom")]

    assert said == ["山茶", "茶花", "茶花", "桂花"]
