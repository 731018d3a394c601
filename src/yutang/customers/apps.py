from importlib import import_module

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "yutang.customers"
    label = "customers"

    def ready(self) -> None:
        for contribution in ("loop", "jobs"):
            import_module(f"yutang.customers.{contribution}")
