from django.apps import AppConfig


class WecomConfig(AppConfig):
    name = "yutang.wecom"
    label = "wecom"
