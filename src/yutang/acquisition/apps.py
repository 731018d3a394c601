from importlib import import_module

from django.apps import AppConfig


class AcquisitionConfig(AppConfig):
    name = "yutang.acquisition"
    label = "acquisition"

    def ready(self) -> None:
        for contribution in ("jobs", "listeners"):
            import_module(f"yutang.acquisition.{contribution}")
        acquisition = import_module("yutang.acquisition.service")
        import_module("yutang.customers.service").contributes(
            "acquisition", export=acquisition.export_person, erase=acquisition.erase_person
        )
