"""Coming in for the first time: an invitation, a handle and a passphrase, the second factor, and the recovery code on paper."""

from __future__ import annotations

import io

import segno
from django import forms
from django.db import transaction
from django.http import HttpResponse
from markupsafe import Markup

from tracktwo.record.slots import holder_of_invitation
from tracktwo.vault.identity import WeakPassphrase, suggested_passphrase
from tracktwo.vault.one_time import address, in_letters, new_one_time_secret
from tracktwo.vault.words import NotAWord
from tracktwo.web import accounts, clock
from tracktwo.web.access import ANYONE, at, door
from tracktwo.web.areas.entrance import HOME, CodeForm, signed_in
from tracktwo.web.asked import Asked
from tracktwo.web.attempts import attempt
from tracktwo.web.desk import store
from tracktwo.web.fields import Handle, Passphrase, Words
from tracktwo.web.joining import accept_invitation
from tracktwo.web.pages import entrance, page, say, see_other
from tracktwo.web.sessions import change, end_all_of, enter
from tracktwo.web.who import Held, Membership, Visit


class InvitationForm(forms.Form):
    words = Words(label=".join.words", help_text=".join.words-help")


class AccountForm(forms.Form):
    handle = Handle(label=".entrance.handle", help_text=".join.handle-help")
    passphrase = Passphrase(label=".entrance.passphrase", help_text=".join.passphrase-help", fresh=True)
    again = Passphrase(label=".join.again", help_text=".join.again-help", fresh=True, required=False)


class RenewForm(forms.Form):
    passphrase = Passphrase(label=".join.new-passphrase", help_text=".join.passphrase-help", fresh=True)
    code = CodeForm.base_fields["code"]


@door(ANYONE, methods=("GET", "POST"))
def invitation(asked: Asked) -> HttpResponse:
    """The words of an invitation. They stand in a form, never in an address."""
    if asked.who.step in ("invited", "opening"):
        return _account(asked)
    form = InvitationForm(asked.POST or None)
    if asked.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        visit = attempt(asked, form, ("invitation", None), lambda: _invited(words), wrong=".join.not-invited", field="words")
        if visit is not None:
            return _welcome(asked, visit)
    return page(asked, "entrance/join.html", form=form)


def _invited(words: str) -> Visit | None:
    try:
        found = holder_of_invitation(store(), words, clock.now())
        if found is not None:
            return Visit(step="invited", membership=Membership.of(found.initiative, found.identity))
        return Visit(step="opening", note=words) if accounts.invited_by(words) else None
    except NotAWord:
        return None


def _welcome(asked: Asked, visit: Visit) -> HttpResponse:
    if asked.who.step == "full" and visit.membership is not None:  # somebody with an account takes up one more initiative
        with transaction.atomic():
            accept_invitation(asked.who, visit.membership)
            held = asked.who.visit
            assert held is not None
            enter(asked, Visit(step="full", account=held.account, root=held.root))
        return see_other("initiatives")
    enter(asked, visit)
    return see_other("join")


def _account(asked: Asked) -> HttpResponse:
    """A handle and a passphrase for whoever is new, or those of the account that he has."""
    form = AccountForm(asked.POST if "handle" in asked.POST else None)
    visit = asked.who.visit
    assert visit is not None
    if form.is_bound and form.is_valid():
        handle, passphrase, again = (form.cleaned_data[name] for name in ("handle", "passphrase", "again"))
        if not again and visit.step == "invited":
            return _with_account(asked, visit, form)
        if passphrase != again:
            form.add_error("again", say(asked, ".join.differ"))
        else:
            try:
                with transaction.atomic():
                    _enter_new(asked, visit, handle, passphrase)
                return see_other("enrol")
            except accounts.Taken:
                form.add_error("handle", say(asked, ".join.taken"))
            except WeakPassphrase:
                form.add_error("passphrase", say(asked, ".join.weak", example=suggested_passphrase()))
    return page(asked, "entrance/account.html", form=form, suggestion=suggested_passphrase(), opening=visit.step == "opening")


def _enter_new(asked: Asked, visit: Visit, handle: str, passphrase: str) -> None:
    held = Held()
    if visit.step == "opening":
        found = accounts.invited_by(visit.note)
        if found is None or not accounts.use_up(found[0]):
            raise accounts.Taken
        held = found[1]
    made = accounts.make(handle, passphrase, held)
    who = enter(asked, made)
    if visit.membership is not None:
        accept_invitation(who, visit.membership)
        enter(asked, made)  # so that the visit ends with the membership that has just come


def _with_account(asked: Asked, visit: Visit, form: AccountForm) -> HttpResponse:
    signed = signed_in(asked, form)
    if signed is not None:
        enter(asked, signed.model_copy(update={"membership": visit.membership}))
        return see_other(HOME[signed.step])
    return page(asked, "entrance/account.html", form=form, suggestion=suggested_passphrase(), opening=False)


@door(methods=("GET", "POST"), steps=("enrol",))
def enrol(asked: Asked) -> HttpResponse:
    """Take up the second factor: a picture for the telephone, and the code that it then shows."""
    visit = asked.who.visit
    assert visit is not None
    renew = visit.note.startswith("renew")
    secret = bytes.fromhex(visit.note.removeprefix("renew")) or new_one_time_secret()
    if not visit.note.removeprefix("renew"):
        change(asked, visit.model_copy(update={"note": ("renew" if renew else "") + secret.hex()}))
    form: forms.Form = (RenewForm if renew else CodeForm)(asked.POST or None)
    if asked.method == "POST" and form.is_valid():
        try:
            if renew:
                accounts.change_passphrase(asked.who, form.cleaned_data["passphrase"])
        except WeakPassphrase:
            form.add_error("passphrase", say(asked, ".join.weak", example=suggested_passphrase()))
        else:
            typed = form.cleaned_data["code"]
            enrolled = attempt(
                asked,
                form,
                ("enrol", visit.account),
                lambda: accounts.enrol(asked.who, secret, typed) or None,
                wrong=".entrance.wrong-code",
                field="code",
            )
            if enrolled:
                return _enrolled(asked, visit)
    link = address(secret, entrance().name)
    return page(asked, "entrance/enrol.html", form=form, letters=in_letters(secret), picture=qr(link), link=link)


def _enrolled(asked: Asked, visit: Visit) -> HttpResponse:
    assert visit.account is not None
    with transaction.atomic():
        if visit.membership is not None:
            accept_invitation(asked.who, visit.membership)
        end_all_of(visit.account, but=asked.who)
        words = accounts.new_recovery_code(asked.who)
        enter(asked, Visit(step="recovery", account=visit.account, root=visit.root, note=words))
    return see_other("recovery")


@door(methods=("GET", "POST"), steps=("recovery",))
def recovery(asked: Asked) -> HttpResponse:
    """The recovery code, to be written down: it is shown here and never again."""
    visit = asked.who.visit
    assert visit is not None
    if asked.method == "POST":
        enter(asked, Visit(step="full", account=visit.account, root=visit.root))
        return see_other("initiatives")
    return page(asked, "entrance/recovery.html", words=visit.note)


def qr(text: str) -> Markup:
    """A picture that a telephone reads, as SVG with presentation attributes alone, of the size of its place: nothing is cut off."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return Markup(drawn.getvalue().decode().strip())  # noqa: S704 - made by segno from modules, not from words


PATHS = [
    at("join", invitation, "join"),
    at("enrol", enrol, "enrol"),
    at("recovery", recovery, "recovery"),
]
