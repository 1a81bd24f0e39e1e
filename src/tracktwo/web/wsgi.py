"""The application that a web server calls, set up from the environment of its process."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application

from tracktwo.web.settings import configure
from tracktwo.web.started import serving_from_environment

configure(serving_from_environment())
application = get_wsgi_application()
