from importlib import import_module

from django.apps import AppConfig


class WecomConfig(AppConfig):
    name = "yutang.wecom"
    label = "wecom"

    def ready(self) -> None:
        for contribution in ("loop", "jobs", "ways.welcome"):
            import_module(f"yutang.wecom.{contribution}")
        ways = import_module("yutang.wecom.ways.mass")
        import_module("yutang.reach.service").offer_channel(ways.MassMessages())
        import_module("yutang.customers.service").contributes(
            "wecom_mass", erase=import_module("yutang.wecom.service").erase_recipient
        )
        import_module("yutang.customers.service").contributes(
            "wecom", strike=import_module("yutang.wecom.service").strike_person
        )
