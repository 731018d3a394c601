"""The routes of customers, by what they are about. Fixed addresses come before those of one customer."""

from importlib import import_module

from yutang.customers.api.router import router

for _routes in ("settings", "fields", "merges", "groups", "persons", "people", "household"):
    import_module(f"yutang.customers.api.{_routes}")

__all__ = ["router"]
