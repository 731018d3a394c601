from importlib import import_module

from django.apps import AppConfig


class GuidesConfig(AppConfig):
    name = "yutang.guides"
    label = "guides"

    def ready(self) -> None:
        import_module("yutang.guides.jobs")
