"""Addresses: the API, health, metrics, the tracking snippet, and the console for all the rest."""

from django.urls import path

from yutang.config.api import api

urlpatterns = [path("api/v1/", api.urls)]
