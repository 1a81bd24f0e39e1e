"""Settings: of the account, where each change asks for the passphrase; and of the initiative, where they stand and who may change them."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse

from tracktwo.record.dialogue import ExportMade
from tracktwo.record.small_groups import SMALLEST
from tracktwo.vault.identity import WeakPassphrase, suggested_passphrase
from tracktwo.web import accounts, throttle
from tracktwo.web.access import ACCOUNT, STEWARDS, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.fields import Passphrase
from tracktwo.web.pages import page, say, see_other
from tracktwo.web.sessions import end_all_of, enter
from tracktwo.web.who import Visit


class ChangeForm(forms.Form):
    """What is to be changed, and the passphrase that allows it."""

    what = forms.ChoiceField(
        label=".settings.what",
        choices=[(name, f".settings.change-{name}") for name in ("passphrase", "telephone", "recovery")],
        widget=forms.RadioSelect,
    )
    passphrase = Passphrase(label=".settings.now")
    fresh = Passphrase(label=".settings.fresh", help_text=".settings.fresh-help", fresh=True, required=False)
    again = Passphrase(label=".join.again", fresh=True, required=False)


@door(ACCOUNT, methods=("GET", "POST"))
def account(asked: Asked) -> HttpResponse:
    """The account: another passphrase, another telephone, another recovery code."""
    form = ChangeForm(asked.POST or None, initial={"what": "passphrase"})
    if asked.method == "POST" and form.is_valid():
        response = _changed(asked, form)
        if response is not None:
            return response
    return page(asked, "team/account.html", form=form, changed="changed" in asked.GET, suggestion=suggested_passphrase(), visible_to=("you",))


def _changed(asked: Asked, form: ChangeForm) -> HttpResponse | None:
    """Make the change; None where the form now says why not."""
    visit, told = asked.who.visit, form.cleaned_data
    assert visit is not None
    assert visit.account is not None
    try:
        throttle.must_be_open(asked, "settings", visit.account)
        if accounts.is_passphrase_of(visit.account, told["passphrase"]) is None:
            throttle.failed(asked, "settings", visit.account)
            form.add_error("passphrase", say(asked, ".settings.wrong"))
            return None
        if told["what"] == "telephone":
            enter(asked, Visit(step="enrol", account=visit.account, root=visit.root))
            return see_other("enrol")
        if told["what"] == "recovery":
            words = accounts.new_recovery_code(asked.who)
            enter(asked, Visit(step="recovery", account=visit.account, root=visit.root, note=words))
            return see_other("recovery")
        if told["fresh"] != told["again"]:
            form.add_error("again", say(asked, ".join.differ"))
            return None
        accounts.change_passphrase(asked.who, told["fresh"])
    except throttle.Shut as shut:
        form.add_error(None, say(asked, ".entrance.shut", count=shut.minutes))
        return None
    except WeakPassphrase:
        form.add_error("fresh", say(asked, ".join.weak", example=suggested_passphrase()))
        return None
    enter(asked, Visit(step="full", account=visit.account, root=visit.root))
    end_all_of(visit.account, but=asked.who)
    response = see_other("account")
    response.headers["Location"] += "?changed"
    return response


@door(*STEWARDS)
def settings(asked: Asked, desk: Desk) -> HttpResponse:
    """What is set for the initiative, each with the page where it is changed."""
    exports = [entry.body for entry in desk.settled if isinstance(entry, ExportMade)]
    smallest = max([SMALLEST, *(made.smallest for made in exports)])
    return page(asked, "team/settings.html", desk=desk, smallest=smallest, exports=len(exports), visible_to=STEWARDS)


PATHS = [at("account", account, "account"), at("i/<tag:tag>/settings", settings, "settings")]
