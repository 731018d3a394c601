from importlib import import_module

from django.apps import AppConfig


class ReachConfig(AppConfig):
    name = "yutang.reach"
    label = "reach"

    def ready(self) -> None:
        for contribution in ("loop", "jobs"):
            import_module(f"yutang.reach.{contribution}")

        from yutang.customers import service as customers
        from yutang.reach import service as reach

        customers.contributes(
            "reach",
            export=reach.export_person,
            erase=reach.erase_person,
            merged=reach.follow,
            undone=reach.follow,
        )
