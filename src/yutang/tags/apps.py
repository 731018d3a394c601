from importlib import import_module

from django.apps import AppConfig


class TagsConfig(AppConfig):
    name = "yutang.tags"
    label = "tags"

    def ready(self) -> None:
        for contribution in ("jobs", "listeners"):
            import_module(f"yutang.tags.{contribution}")
