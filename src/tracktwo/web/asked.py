"""A request as the views of this house see it: with who asks, in which language, and on which day."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from tracktwo.dossier.language import Voice
from tracktwo.web.who import Who


class Asked(HttpRequest):
    """Django's request with what the middleware put on it."""

    voice: Voice
    who: Who
    today: date
