from importlib import import_module

from django.apps import AppConfig


class WecomConfig(AppConfig):
    name = "yutang.wecom"
    label = "wecom"

    def ready(self) -> None:
        for contribution in (
            "loop",
            "jobs",
            "archive.taking",
            "ways.welcome",
            "sync._hearing",
            "transfers.leavers",
        ):
            import_module(f"yutang.wecom.{contribution}")
        wecom = import_module("yutang.wecom.service")
        customers = import_module("yutang.customers.service")
        reach = import_module("yutang.reach.service")
        reach.offer_channel(import_module("yutang.wecom.ways.mass").MassMessages())
        reach.offer_channel(import_module("yutang.wecom.ways.moments").Moments())
        customers.contributes("wecom_mass", erase=wecom.erase_recipient)
        customers.contributes(
            "wecom_transfers", export=wecom.export_handovers, erase=wecom.erase_handovers
        )
        for scheme in ("http", "https"):
            wecom.offer_archive(scheme, wecom.Bridge)
        customers.contributes(
            "wecom_archive", export=wecom.export_archived, erase=wecom.erase_archived
        )
        customers.contributes(
            "wecom",
            export=wecom.export_person,
            erase=wecom.erase_person,
            strike=wecom.strike_person,
        )
