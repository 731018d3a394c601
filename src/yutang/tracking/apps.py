from django.apps import AppConfig


class TrackingConfig(AppConfig):
    name = "yutang.tracking"
    label = "tracking"
