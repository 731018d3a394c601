from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "yutang.events"
    label = "events"
