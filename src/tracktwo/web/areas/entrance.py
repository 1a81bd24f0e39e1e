"""The entrance: a card, or a handle with a passphrase; then the code of a telephone; and the way out."""

from __future__ import annotations

from django import forms
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tracktwo.record.slots import holder_of_card
from tracktwo.vault.words import NotAWord
from tracktwo.web import accounts, throttle
from tracktwo.web.access import ANYONE, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.attempts import attempt
from tracktwo.web.desk import owner_of, store
from tracktwo.web.fields import Code, Handle, Passphrase, Words
from tracktwo.web.joining import accept_invitation
from tracktwo.web.language import choose
from tracktwo.web.pages import page, see_other
from tracktwo.web.serving import serving
from tracktwo.web.sessions import enter, leave
from tracktwo.web.who import Membership, Visit
from tracktwo.web.work import work

HOME = {"card": "place", "full": "initiatives", "resting": "resting", "code": "code", "enrol": "enrol", "recovery": "recovery"}
"""Where somebody belongs who has come so far."""


class CardForm(forms.Form):
    words = Words(label=".entrance.words", help_text=".entrance.words-help")


class SignInForm(forms.Form):
    handle = Handle(label=".entrance.handle")
    passphrase = Passphrase(label=".entrance.passphrase")


class CodeForm(forms.Form):
    code = Code(label=".entrance.code", help_text=".entrance.code-help")


class RecoverForm(forms.Form):
    handle = Handle(label=".entrance.handle")
    words = Words(label=".entrance.recovery-code")


@door(ANYONE, methods=("GET", "POST"))
def entrance(asked: Asked) -> HttpResponse:
    """What stands at the door: the words of a card. Whoever is in already goes on to where he belongs."""
    step = asked.who.step
    if asked.method == "GET" and step in HOME:
        return see_other(HOME[step])
    form = CardForm(asked.POST or None)
    if asked.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        found = attempt(asked, form, ("card", None), lambda: _card(words), wrong=".entrance.no-card", field="words")
        if found is not None:
            enter(asked, Visit(step="card", membership=found))
            return see_other("place")
    return page(asked, "entrance/card.html", form=form)


def _card(words: str) -> Membership | None:
    try:
        found = holder_of_card(store(), serving().home.secret.read(), words)
    except NotAWord:
        return None
    return Membership.of(found.initiative, found.identity) if found else None


@door(ANYONE, methods=("GET", "POST"))
def sign_in(asked: Asked) -> HttpResponse:
    """A handle and a passphrase: one answer for a wrong passphrase and for a handle that nobody has."""
    form = SignInForm(asked.POST or None)
    if asked.method == "POST" and form.is_valid():
        visit = signed_in(asked, form)
        if visit is not None:
            enter(asked, visit)
            return see_other(HOME[visit.step])
    return page(asked, "entrance/sign_in.html", form=form)


def signed_in(asked: Asked, form: forms.Form) -> Visit | None:
    """The visit of whoever has typed a handle and its passphrase into a form."""
    handle, passphrase = form.cleaned_data["handle"], form.cleaned_data["passphrase"]
    return attempt(asked, form, ("handle", handle), lambda: accounts.sign_in(handle, passphrase), wrong=".entrance.not-opened")


@door(methods=("GET", "POST"), steps=("code",))
def code(asked: Asked) -> HttpResponse:
    """The code of the second factor. Until it is right nothing else opens."""
    form = CodeForm(asked.POST or None)
    visit = asked.who.visit
    if asked.method == "POST" and form.is_valid() and visit is not None:
        typed = form.cleaned_data["code"]
        door_of = ("code", visit.account)
        if attempt(asked, form, door_of, lambda: accounts.is_code_of(asked.who, typed) or None, wrong=".entrance.wrong-code", field="code"):
            throttle.succeeded(asked, "code", visit.account)
            with transaction.atomic():
                if visit.membership is not None:
                    accept_invitation(asked.who, visit.membership)
                enter(asked, Visit(step="full", account=visit.account, root=visit.root))
            return see_other("initiatives")
    return page(asked, "entrance/code.html", form=form)


@door(ANYONE, methods=("GET", "POST"))
def recover(asked: Asked) -> HttpResponse:
    """A recovery code in place of passphrase and telephone, both of which are then chosen anew."""
    form = RecoverForm(asked.POST or None)
    if asked.method == "POST" and form.is_valid():
        handle, words = form.cleaned_data["handle"], form.cleaned_data["words"]
        visit = attempt(asked, form, ("recovery", handle), lambda: accounts.recover(handle, words), wrong=".entrance.not-recovered")
        if visit is not None:
            enter(asked, visit)
            return see_other("enrol")
    return page(asked, "entrance/recover.html", form=form)


@door(ANYONE, methods=("POST",))
def leave_and_clear(asked: Asked) -> HttpResponse:
    """End the visit, and let this process forget what it made for it and the browser what it holds of this site."""
    for membership in asked.who.memberships:
        work().forget(owner_of(membership))
    leave(asked)
    response = see_other("entrance")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@door(ANYONE, methods=("POST",))
def language(asked: Asked) -> HttpResponse:
    """Choose a language and go back to where one was."""
    back = str(asked.POST.get("next", "/"))
    local = back.startswith("/") and not back.startswith("//") and "\\" not in back
    response = HttpResponseRedirect(back if local else reverse("entrance"))
    response.status_code = 303
    choose(response, str(asked.POST.get("language", "")))
    return response


PATHS = [
    at("", entrance, "entrance"),
    at("team", sign_in, "sign-in"),
    at("code", code, "code"),
    at("again", recover, "recover"),
    at("leave", leave_and_clear, "leave"),
    at("language", language, "language"),
]
