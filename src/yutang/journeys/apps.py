from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "yutang.journeys"
    label = "journeys"
