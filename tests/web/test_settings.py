"""Settings: nothing of an account changes without its passphrase, and what changed ends what was open before."""

from __future__ import annotations

import pytest

from tests.web.house import PASSPHRASE, House, browser
from tracktwo.web import accounts
from tracktwo.web.models import Account

FRESH = "cedar window thunder market"


def test_a_changed_passphrase_opens_and_the_one_before_does_not_and_other_visits_end(home: House) -> None:
    other = browser()
    other.cookies = home.browsers["facilitator"].cookies.copy()
    second = browser(home.get("facilitator", "/initiatives").wsgi_request.who.visit)
    told = {"what": "passphrase", "passphrase": PASSPHRASE, "fresh": FRESH, "again": FRESH}
    assert home.post("facilitator", "/account", told).headers["Location"] == "/account?changed"
    assert home.get("facilitator", "/account?changed").status_code == 200
    assert second.get("/initiatives").headers["Location"] == "/"
    assert other.get("/initiatives").headers["Location"] == "/"  # the cookie has changed with it
    assert accounts.sign_in("facilitator", FRESH) is not None
    assert accounts.sign_in("facilitator", PASSPHRASE) is None


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"passphrase": "wrong " + PASSPHRASE, "fresh": FRESH, "again": FRESH}, "This is not your passphrase"),
        ({"passphrase": PASSPHRASE, "fresh": FRESH, "again": FRESH + "s"}, "differ"),
        ({"passphrase": PASSPHRASE, "fresh": "peace2026", "again": "peace2026"}, 'role="alert"'),
        ({"passphrase": PASSPHRASE, "fresh": "", "again": ""}, 'role="alert"'),
    ],
)
def test_what_may_not_be_changed_changes_nothing(home: House, told: dict[str, str], said: str) -> None:
    before = [bytes(account.slot) for account in Account.objects.order_by("id")]
    answer = home.post("facilitator", "/account", {"what": "passphrase", **told})
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert PASSPHRASE not in answer.content.decode()
    assert [bytes(account.slot) for account in Account.objects.order_by("id")] == before


def test_a_new_recovery_code_is_shown_once_and_the_one_before_opens_nothing(home: House) -> None:
    assert home.post("facilitator", "/account", {"what": "recovery", "passphrase": PASSPHRASE}).headers["Location"] == "/recovery"
    first = bytes(Account.objects.get(pk=home.get("facilitator", "/recovery").wsgi_request.who.visit.account).recovery)
    home.post("facilitator", "/recovery")
    home.post("facilitator", "/account", {"what": "recovery", "passphrase": PASSPHRASE})
    words = home.get("facilitator", "/recovery").wsgi_request.who.visit.note
    assert accounts.recover("facilitator", words).step == "enrol"
    account = Account.objects.get(pk=home.get("facilitator", "/recovery").wsgi_request.who.visit.account)
    assert bytes(account.recovery) != first


def test_another_telephone_is_enrolled_before_the_first_one_is_forgotten(home: House) -> None:
    visit = home.get("facilitator", "/initiatives").wsgi_request.who.visit
    before = bytes(Account.objects.get(pk=visit.account).totp)
    assert home.post("facilitator", "/account", {"what": "telephone", "passphrase": PASSPHRASE}).headers["Location"] == "/enrol"
    assert home.get("facilitator", "/initiatives").headers["Location"] == "/enrol"
    assert bytes(Account.objects.get(pk=visit.account).totp) == before


def test_the_settings_of_an_initiative_say_the_smallest_group_that_is_shown(home: House) -> None:
    assert "fewer than 5 people" in home.get("convenor", f"/i/{home.tag}/settings").content.decode()
    assert home.get("participant A", f"/i/{home.tag}/settings").status_code == 404
