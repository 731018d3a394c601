from importlib import import_module

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "yutang.events"
    label = "events"

    def ready(self) -> None:
        for contribution in ("loop", "jobs"):
            import_module(f"yutang.events.{contribution}")
