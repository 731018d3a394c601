from importlib import import_module

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    name = "yutang.tracking"
    label = "tracking"

    def ready(self) -> None:
        import_module("yutang.tracking.jobs")

        from yutang.customers import service as customers
        from yutang.tracking.service import imports

        customers.contributes(
            "tracking", strike=imports.strike_person, lingers=imports.uploads_linger
        )
