"""The WSGI application: the platforms' callbacks in front, Django behind."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yutang.config.settings")
_django = get_wsgi_application()

from yutang.wecom.api.door import callbacks_first  # noqa: E402  once Django is set up

application = callbacks_first(_django)
