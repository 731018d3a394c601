"""What the warehouse forgets: a deleted audience, an erased person."""

from collections.abc import Sequence

from yutang.engines import named_sql, warehouse

__all__ = ["forget_customers", "forget_membership"]

SQL = named_sql("yutang.audiences", "forgetting")


def forget_membership(workspace_id: int, audience_id: int) -> None:
    """Remove an audience from the warehouse."""
    for name in ("forget_members", "forget_changes"):
        warehouse().command(SQL[name], {"workspace": workspace_id, "audience": audience_id})


def forget_customers(workspace_id: int, customers: Sequence[int]) -> dict[str, int]:
    """Remove customers from every audience's past and present; return how many rows went."""
    bound = {"workspace": workspace_id, "customers": list(customers)}
    ((members, changes),) = warehouse().rows(SQL["count_of_customers"], bound)
    for name in ("forget_customer_members", "forget_customer_changes"):
        warehouse().command(SQL[name], bound, settings={"mutations_sync": 2})
    return {"members": members, "member_changes": changes}
