from importlib import import_module

from django.apps import AppConfig


class WecomConfig(AppConfig):
    name = "yutang.wecom"
    label = "wecom"

    def ready(self) -> None:
        import_module("yutang.wecom.jobs")
