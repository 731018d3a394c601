"""Addresses: the API, health, metrics, the tracking snippet, and the console for all the rest."""

from django.urls import path, re_path

from yutang.acquisition.api.pictures import code_page
from yutang.config.api import api, refuse_address, refuse_server_error
from yutang.config.console import console_page
from yutang.config.observability import health, metrics, readiness
from yutang.guides.api.pages import oauth_back, oauth_start
from yutang.reach.api.materials import material_file
from yutang.reach.api.pages import leave_page, link_page, open_page
from yutang.tracking.api.script import page_script

urlpatterns = [
    path("healthz", health),
    path("readyz", readiness),
    path("metrics", metrics),
    path("api/v1/", api.urls),
    re_path(r"^api(/|$)", refuse_address),
    path("t.js", page_script),
    path("c/<str:key>", code_page),
    path("l/<str:code>", link_page),
    path("u/<str:code>", leave_page),
    path("o/<str:code>", open_page),
    path("m/<uuid:door>/<path:name>", material_file),
    path("wecom/oauth/<uuid:door>", oauth_start),
    path("wecom/oauth/<uuid:door>/back", oauth_back),
    re_path(r"^(?!api/).*$", console_page),
]
handler404 = refuse_address
handler500 = refuse_server_error
