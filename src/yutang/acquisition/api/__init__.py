"""The routes of acquisition."""

from yutang.acquisition.api import channels, codes, pictures
from yutang.acquisition.api.router import router

__all__ = ["channels", "codes", "pictures", "router"]
