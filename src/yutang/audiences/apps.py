from importlib import import_module

from django.apps import AppConfig


class AudiencesConfig(AppConfig):
    name = "yutang.audiences"
    label = "audiences"

    def ready(self) -> None:
        for contribution in ("loop", "jobs"):
            import_module(f"yutang.audiences.{contribution}")

        from yutang.audiences import service as audiences
        from yutang.customers import service as customers

        customers.contributes(
            "audiences",
            export=audiences.export_person,
            erase=audiences.erase_person,
            merged=audiences.note_merges,
            undone=audiences.note_undone,
        )
