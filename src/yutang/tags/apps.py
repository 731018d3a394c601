from django.apps import AppConfig


class TagsConfig(AppConfig):
    name = "yutang.tags"
    label = "tags"
