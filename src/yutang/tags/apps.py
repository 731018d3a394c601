from importlib import import_module

from django.apps import AppConfig


class TagsConfig(AppConfig):
    name = "yutang.tags"
    label = "tags"

    def ready(self) -> None:
        for contribution in ("jobs", "loop"):
            import_module(f"yutang.tags.{contribution}")
        tags = import_module("yutang.tags.service")
        customers = import_module("yutang.customers.service")
        customers.narrows("tag", tags.having)
        customers.contributes(
            "tags",
            export=tags.export_person,
            erase=tags.erase_person,
            merged=tags.follow_merges,
            undone=tags.follow_undoings,
        )
        import_module("yutang.customers.service").narrows("tag", tags.who_have)
        import_module("yutang.tracking.service").imports.tag_by(tags.tag_imported)
