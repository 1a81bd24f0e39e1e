"""The entrance: who gets in, how far, and how the way out is closed."""

from __future__ import annotations

import re
import time

import pytest

from tests.web.house import PASSPHRASE, SECRET, House, browser
from tracktwo.vault.one_time import code_at
from tracktwo.web.models import Session
from tracktwo.web.sessions import COOKIE


def _sign_in(handle: str = "convenor", passphrase: str = PASSPHRASE) -> object:
    made = browser()
    made.post("/team", {"handle": handle, "passphrase": passphrase})
    return made


def test_the_entrance_shows_the_convenors_name_and_none_of_our_words(home: House) -> None:
    body = home.get("anonymous", "/").content.decode()
    assert "<title>Welcome</title>" in body
    assert "tracktwo" not in body.lower()
    assert "Two banks" not in body


def test_a_passphrase_opens_nothing_before_the_code_of_the_telephone(home: House) -> None:
    made = browser()
    answer = made.post("/team", {"handle": " Convenor ", "passphrase": PASSPHRASE})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/code")
    for path in ("/initiatives", f"/i/{home.tag}/people", "/enrol", "/recovery"):
        assert made.get(path).headers["Location"] == "/code"
    right = made.post("/code", {"code": code_at(SECRET, time.time())})
    assert right.headers["Location"] == "/initiatives"
    assert "Two banks, one river" in made.get("/initiatives").content.decode()


def test_a_code_is_taken_once(home: House) -> None:
    code = code_at(SECRET, time.time())
    first, second = _sign_in(), _sign_in()
    assert first.post("/code", {"code": code}).status_code == 303
    again = second.post("/code", {"code": code})
    assert "each is taken once" in again.content.decode()


def test_the_answer_to_a_wrong_passphrase_is_that_to_a_handle_nobody_has(home: House) -> None:
    bodies = [browser().post("/team", {"handle": handle, "passphrase": "wrong " + PASSPHRASE}).content for handle in ("convenor", "nobody here")]
    shown = [body.decode().split('role="alert"')[1].split("</div>")[0].replace("nobody here", "convenor") for body in bodies]
    assert shown[0] == shown[1]


def test_a_door_is_shut_after_many_failures_for_that_handle_alone(home: House) -> None:
    for _ in range(6):
        browser().post("/team", {"handle": "convenor", "passphrase": "wrong " + PASSPHRASE})
    shut = browser().post("/team", {"handle": "convenor", "passphrase": PASSPHRASE})
    assert "Too many attempts" in shut.content.decode()
    assert browser().post("/team", {"handle": "facilitator", "passphrase": PASSPHRASE}).status_code == 303


def test_a_visit_gets_a_new_cookie_at_each_step_and_never_the_one_that_was_sent(home: House) -> None:
    made = browser()
    made.cookies[COOKIE] = "A" * 43  # planted by somebody who hopes that it stays
    made.post("/team", {"handle": "convenor", "passphrase": PASSPHRASE})
    first = made.cookies[COOKIE].value
    made.post("/code", {"code": code_at(SECRET, time.time())})
    second = made.cookies[COOKIE].value
    assert len({"A" * 43, first, second}) == 3
    old = browser()
    old.cookies[COOKIE] = first
    assert old.get("/initiatives").headers["Location"] == "/"


def test_leaving_ends_the_visit_and_asks_the_browser_to_forget(home: House) -> None:
    before = Session.objects.count()
    cookie = home.browsers["convenor"].cookies[COOKIE].value
    answer = home.post("convenor", "/leave")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert Session.objects.count() == before - 1
    again = browser()
    again.cookies[COOKIE] = cookie
    assert again.get("/initiatives").headers["Location"] == "/"


def test_nobody_leaves_by_following_a_link(home: House) -> None:
    assert home.get("convenor", "/leave").status_code == 405


@pytest.mark.parametrize("minutes", [30, 12 * 60])
def test_a_visit_ends_by_itself(home: House, monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    assert home.get("convenor", "/initiatives").status_code == 200
    if minutes > 60:  # somebody is busy all the day
        Session.objects.update(begun=0)
    now = time.time() // 60 + (minutes if minutes < 60 else 0)
    monkeypatch.setattr("tracktwo.web.clock.minute", lambda: int(now))
    assert home.get("convenor", "/initiatives").headers["Location"] == "/"


def test_a_card_opens_its_holders_place_and_the_words_stand_in_no_address(home: House) -> None:
    assert home.get("participant A", "/").headers["Location"].startswith("/p")


def test_the_language_is_kept_and_a_foreign_address_is_not_followed(home: House) -> None:
    answer = home.post("anonymous", "/language", {"language": "ar", "next": "//example.org/"})
    assert answer.headers["Location"] == "/"
    body = home.get("anonymous", "/team").content.decode()
    assert '<html lang="ar" dir="rtl">' in body


def test_what_fails_is_told_in_a_sentence_and_logged_without_a_word_of_what_it_was_about(
    home: House, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("ZEBRA was in the hand of the code")

    monkeypatch.setattr("tracktwo.web.areas.initiatives.desks_of", broken)
    home.browsers["convenor"].raise_request_exception = False
    answer = home.get("convenor", "/initiatives")
    assert (answer.status_code, "What was saved before is whole" in answer.content.decode()) == (500, True)
    home.get("convenor", "/nothing-of-the-kind-OKAPI")
    home.post("convenor", "/leave-QUAGGA")
    written = capfd.readouterr()
    assert re.fullmatch(r"failed [0-9a-f]{8} RuntimeError [\w.]+:\d+\n", written.out + written.err)
