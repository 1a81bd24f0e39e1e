"""How a page is made: a template, the words of the reader's language, and nothing in the title but the name of the entrance."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template import engines
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from tracktwo.dossier.hands import Hands
from tracktwo.model.base import Noun
from tracktwo.model.finding import Listing, Message, Param, Term
from tracktwo.web import clock
from tracktwo.web.navigation import places, role_named, room_named, visible_names, way
from tracktwo.web.serving import serving
from tracktwo.web.words import IN_THEIR_OWN, voice

if TYPE_CHECKING:
    from tracktwo.web.desk import Desk

ICONS = ("leaf", "book", "sun", "key", "bridge", "tree")
"""What may stand beside the name of an entrance."""


class Entrance(Noun):
    """What stands over the private entrance before anybody has come in: chosen by the convenor, none of our words."""

    name: str = "Welcome"
    icon: str = "leaf"


def environment(**options: Any) -> Environment:
    """The environment of our templates."""
    return Environment(**{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})  # noqa: S701 - Django escapes


def page(asked: HttpRequest, template: str, *, status: int = 200, **shown: Any) -> HttpResponse:
    """A page in the reader's language."""
    return HttpResponse(rendered(asked, template, **shown), status=status, content_type="text/html; charset=utf-8")


def rendered(asked: HttpRequest, template: str, **shown: Any) -> str:
    """The text of a page."""
    spoken = getattr(asked, "voice", None) or voice("en")
    hands = Hands(spoken, "interface.web")
    context: dict[str, Any] = {
        "asked": asked,
        "voice": spoken,
        "t": hands.text,
        "w": hands.param,
        "s": hands.spans,
        "message": hands.message,
        "term": term,
        "listing": lambda items: Listing(items=tuple(items)),
        "url": lambda name, **kw: reverse(name, kwargs=kw),
        "static": lambda name: f"{settings.STATIC_URL}{name}",
        "csrf": lambda: Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(get_token(asked)),
        "once": lambda: Markup('<input type="hidden" name="once" value="{}">').format(secrets.token_hex(16)),
        "entrance": entrance() if serving().site == "private" else Entrance(),
        "demo": demo() if serving().site == "private" else False,
        "languages": IN_THEIR_OWN,
        "today": clock.today(),
        "way": way,
        "places": places,
        "visible_names": visible_names,
        "role_named": role_named,
        "room_named": room_named,
        "desk": None,
        "visible_to": (),
        **shown,
    }
    return _environment().get_template(template).render(context)


def _environment() -> Environment:
    return cast(Environment, engines["jinja2"].env)  # type: ignore[attr-defined]


def term(table: str, value: str) -> Term:
    """A word of our vocabulary: the table and the value, as the catalogues name them."""
    return Term(term=f"{table}.{value.replace(' ', '-')}")


def see_other(name: str, **kwargs: str) -> HttpResponse:
    """Send the browser to another page, by GET, whatever it has just sent."""
    response = HttpResponseRedirect(reverse(name, kwargs=kwargs))
    response.status_code = 303
    return response


def say(asked: HttpRequest, code: str, **params: Param) -> str:
    """A sentence of our catalogues, for an error beside a field."""
    spoken = getattr(asked, "voice", None) or voice("en")
    return str(spoken.say(Message(code=f"interface.web{code}", params=params)))


def refused(asked: HttpRequest, desk: Desk) -> HttpResponse:
    """Tell somebody that a page is there and not for him; that he tried is written down where the facilitators read it."""
    from tracktwo.web.refusal import write_down

    write_down(asked, desk)
    return page(asked, "entrance/sentence.html", status=403, sentence=None, code=".entrance.names-refused", desk=desk)


def entrance() -> Entrance:
    """The name and icon over the entrance."""
    from tracktwo.web.models import Mark

    found = Mark.objects.filter(pk="entrance").first()
    return Entrance.model_validate_json(found.value) if found else Entrance()


def demo() -> bool:
    """Whether a mark in the database says that this is a demonstration."""
    from tracktwo.web.models import Mark

    return Mark.objects.filter(pk="demo").exists()
