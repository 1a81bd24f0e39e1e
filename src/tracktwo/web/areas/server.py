"""What whoever runs the server may do: invite somebody to an account, suspend one, name the entrance. He sees no initiative by it."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse

from tracktwo.web import accounts, marks
from tracktwo.web.access import OPERATOR, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.desk import once_of, store
from tracktwo.web.fields import Handle
from tracktwo.web.models import Account, Mark, Session
from tracktwo.web.pages import ICONS, Entrance, entrance, page, say, see_other
from tracktwo.web.sessions import change, end_all_of
from tracktwo.web.who import Handing


class EntranceForm(forms.Form):
    name = forms.CharField(label=".server.name", help_text=".server.name-help", max_length=60)
    icon = forms.ChoiceField(label=".server.icon", choices=[(icon, f".server.icon.{icon}") for icon in ICONS], widget=forms.RadioSelect)


class SuspendForm(forms.Form):
    handle = Handle(label=".entrance.handle")
    suspended = forms.ChoiceField(label=".server.what", choices=[("yes", ".server.suspend"), ("no", ".server.let-in")], widget=forms.RadioSelect)


@door(OPERATOR, methods=("GET", "POST"))
def server(asked: Asked) -> HttpResponse:
    """Initiatives as numbers, accounts as numbers, and the entrance."""
    what, now = str(asked.POST.get("do", "")), entrance()
    named = EntranceForm(asked.POST if what == "entrance" else None, initial={"name": now.name, "icon": now.icon})
    suspended = SuspendForm(asked.POST if what == "suspend" else None)
    if named.is_bound and named.is_valid():
        told = Entrance(name=named.cleaned_data["name"], icon=named.cleaned_data["icon"])
        Mark.objects.update_or_create(pk="entrance", defaults={"value": told.model_dump_json()})
        return see_other("server")
    if suspended.is_bound and suspended.is_valid():
        handle, out = marks.of_handle(suspended.cleaned_data["handle"]), suspended.cleaned_data["suspended"] == "yes"
        account = Account.objects.filter(handle=handle).first()
        visit = asked.who.visit
        if account is None or (visit is not None and account.id == visit.account):
            suspended.add_error("handle", say(asked, ".server.no-account"))
        else:
            Account.objects.filter(pk=account.id).update(suspended=out)
            end_all_of(account.id)
            return see_other("server")
    if what == "invite":
        return _invited(asked)
    visit = asked.who.visit
    words = [one.words for one in visit.handing if not one.tag] if visit else []
    numbers = {
        "initiatives": len(store().initiatives()),
        "accounts": Account.objects.count(),
        "suspended": Account.objects.filter(suspended=True).count(),
        "visits": Session.objects.count(),
    }
    return page(asked, "team/server.html", named=named, suspended=suspended, numbers=numbers, words=words, visible_to=("operators",))


def _invited(asked: Asked) -> HttpResponse:
    """Words with which somebody makes an account; they are shown until the page is left by the button."""
    visit = asked.who.visit
    if visit is not None and visit.done != once_of(asked):
        made = Handing(kind="invitation", words=accounts.invitation(operator=False), tag="")
        change(asked, visit.model_copy(update={"handing": (*visit.handing, made), "done": once_of(asked)}))
    return see_other("server")


@door(OPERATOR, methods=("POST",))
def handed(asked: Asked) -> HttpResponse:
    """Forget the words that were shown."""
    visit = asked.who.visit
    if visit is not None:
        change(asked, visit.model_copy(update={"handing": tuple(one for one in visit.handing if one.tag)}))
    return see_other("server")


PATHS = [at("server", server, "server"), at("server/handed", handed, "server-handed")]
