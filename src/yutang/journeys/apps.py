from importlib import import_module

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "yutang.journeys"
    label = "journeys"

    def ready(self) -> None:
        for contribution in ("loop", "jobs", "listeners"):
            import_module(f"yutang.journeys.{contribution}")
        journeys = import_module("yutang.journeys.service")
        import_module("yutang.customers.service").contributes(
            "journeys",
            export=journeys.export_person,
            erase=journeys.erase_person,
            merged=journeys.follow_merges,
            undone=journeys.follow_undoings,
        )
        import_module("yutang.audiences.service").asked_by(journeys.those_asking)
