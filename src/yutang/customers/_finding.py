"""Who somebody is, without making anybody: for lists that name people by their identities."""

from collections.abc import Mapping, Sequence

from yutang.customers._claims import read_claims
from yutang.customers._kinds import kinds_of
from yutang.customers._rows import listed, rows
from yutang.kit.errors import FieldProblem
from yutang.workspaces.models import Workspace

__all__ = ["find_people"]


def find_people(workspace: Workspace, people: Sequence[Mapping[str, str]]) -> list[int]:
    """Return whose each identity map is: a customer's number, or 0 where nobody is known by it.

    Of several identities the strongest known one counts. What cannot be read is nobody's.
    """
    kinds = kinds_of(workspace)
    read = [read_claims(person, kinds) for person in people]
    keys = [
        [] if isinstance(each, FieldProblem) else [claim.key for claim in each] for each in read
    ]
    values = sorted({value for names in keys for _, value in names})
    asked = {"workspace": workspace.pk, "values": listed(values)}
    whose = {
        (name, value): customer
        for name, value, customer, _ in (rows("identities", "look_up", asked) if values else [])
    }
    return [next((whose[key] for key in names if key in whose), 0) for names in keys]
