from importlib import import_module

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    name = "yutang.tracking"
    label = "tracking"

    def ready(self) -> None:
        import_module("yutang.tracking.jobs")
