from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    name = "yutang.workspaces"
    label = "workspaces"
