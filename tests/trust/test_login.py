"""The login: how often a passphrase is stretched, what is kept of it, and what a stolen table is worth."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import tests.web.configured  # noqa: F401 - before any model
from tests.web.house import PASSPHRASE, SECRET, House, browser, house, opened
from tracktwo.vault import identity as vault_identity
from tracktwo.vault import primitives
from tracktwo.vault.one_time import code_at
from tracktwo.web import accounts
from tracktwo.web.models import Account, Session


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path):
        yield house()


@pytest.fixture
def stretched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often something was stretched."""
    calls: list[str] = []
    real = primitives.stretch

    def counted(passphrase: str, salt: bytes, cost: primitives.Stretching) -> bytes:
        calls.append(passphrase)
        return real(passphrase, salt, cost)

    monkeypatch.setattr(vault_identity, "stretch", counted)
    monkeypatch.setattr(accounts, "stretch", counted)
    return calls


@pytest.mark.parametrize(
    ("handle", "passphrase"), [("convenor", PASSPHRASE), ("convenor", "wrong words here now"), ("nobody", PASSPHRASE), ("suspended", PASSPHRASE)]
)
def test_every_attempt_stretches_once_whatever_is_wrong(home: House, stretched: list[str], handle: str, passphrase: str) -> None:
    if handle == "suspended":
        handle = "facilitator"
        Account.objects.filter(handle=_handle(handle)).update(suspended=True)
    browser().post("/team", {"handle": handle, "passphrase": passphrase})
    assert len(stretched) == 1


def _handle(handle: str) -> str:
    from tracktwo.web import marks

    return marks.of_handle(handle)


def test_a_suspended_account_is_out_at_once(home: House) -> None:
    assert home.get("facilitator", "/initiatives").status_code == 200
    home.post("operator", "/server", {"do": "suspend", "handle": "facilitator", "suspended": "yes"})
    assert home.get("facilitator", "/initiatives").headers["Location"] == "/"
    assert "do not belong together" in browser().post("/team", {"handle": "facilitator", "passphrase": PASSPHRASE}).content.decode()


def test_an_operator_cannot_suspend_himself(home: House) -> None:
    home.post("operator", "/server", {"do": "suspend", "handle": "operator", "suspended": "yes"})
    assert home.get("operator", "/server").status_code == 200


def test_a_changed_passphrase_ends_the_other_visits_of_the_account(home: House) -> None:
    other = browser()
    other.post("/team", {"handle": "convenor", "passphrase": PASSPHRASE})
    other.post("/code", {"code": code_at(SECRET, time.time())})
    assert other.get("/initiatives").status_code == 200
    (account,) = Account.objects.filter(handle=_handle("convenor"))
    from tracktwo.web.sessions import end_all_of

    end_all_of(account.id, but=home.get("convenor", "/initiatives").wsgi_request.who)
    assert other.get("/initiatives").headers["Location"] == "/"
    assert home.get("convenor", "/initiatives").status_code == 200


def test_a_row_of_a_stolen_table_opens_no_visit(home: House) -> None:
    from tracktwo.web.sessions import COOKIE

    row = Session.objects.exclude(owner="").first()
    assert row is not None
    thief = browser()
    for stolen in (row.id, row.id[:43], row.owner[:43]):
        thief.cookies[COOKIE] = stolen
        assert thief.get("/initiatives").headers["Location"] == "/"


def test_the_tables_hold_no_handle_and_nothing_of_a_passphrase(home: House) -> None:
    held = b"".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for row in Account.objects.values() for value in row.values()
    )
    for word in (b"convenor", b"facilitator", PASSPHRASE.encode(), SECRET, b"operator"):
        assert word not in held


def test_a_recovery_code_opens_the_account_and_everything_is_chosen_anew(home: House) -> None:
    who = home.get("convenor", "/initiatives").wsgi_request.who
    words = accounts.new_recovery_code(who)
    made = browser()
    assert made.post("/again", {"handle": "convenor", "words": words}).headers["Location"] == "/enrol"
    assert made.get("/initiatives").headers["Location"] == "/enrol"
    body = made.get("/enrol").content.decode()
    letters = body.split('class="letters">')[1].split("<")[0].replace(" ", "")
    import base64

    secret = base64.b32decode(letters)
    done = made.post("/enrol", {"passphrase": "velvet harbour ladder citron", "code": code_at(secret, time.time())})
    assert done.headers["Location"] == "/recovery"
    assert made.post("/recovery").headers["Location"] == "/initiatives"
    assert "Two banks" in made.get("/initiatives").content.decode()
    assert "do not belong together" in browser().post("/team", {"handle": "convenor", "passphrase": PASSPHRASE}).content.decode()
    again = browser().post("/again", {"handle": "convenor", "words": words})
    assert "do not belong together" in again.content.decode()  # the code was used


def test_a_recovery_code_that_was_given_up_half_way_is_still_good(home: House) -> None:
    who = home.get("convenor", "/initiatives").wsgi_request.who
    words = accounts.new_recovery_code(who)
    for _ in range(2):
        assert browser().post("/again", {"handle": "convenor", "words": words}).headers["Location"] == "/enrol"


def test_a_form_from_elsewhere_is_refused(home: House) -> None:
    from django.test import Client

    strict = Client(enforce_csrf_checks=True, HTTP_HOST="localhost")
    answer = strict.post("/team", {"handle": "convenor", "passphrase": PASSPHRASE}, secure=True)
    assert answer.status_code == 403
    assert "nothing was changed" in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "same-origin"}, 303),
        ({"HTTP_ORIGIN": "null"}, 303),
        ({}, 303),
        ({"HTTP_ORIGIN": "https://localhost"}, 303),
        ({"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
        ({"HTTP_ORIGIN": "https://elsewhere.example"}, 403),
    ],
)
def test_a_form_is_taken_from_our_own_pages_alone_even_with_its_token(home: House, sent: dict[str, str], status: int) -> None:
    from django.test import Client

    strict = Client(enforce_csrf_checks=True, HTTP_HOST="localhost")
    page = strict.get("/team", secure=True).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    typed = {"handle": "convenor", "passphrase": PASSPHRASE, "csrfmiddlewaretoken": token}
    assert strict.post("/team", typed, secure=True, **sent).status_code == status  # type: ignore[arg-type]


def test_two_passphrases_are_stretched_at_once_and_no_more(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    now, most, lock = [0], [0], threading.Lock()

    def slow(*_: object) -> bytes:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.05)
        with lock:
            now[0] -= 1
        return bytes(32)

    monkeypatch.setattr(accounts, "stretch", slow)

    def attempt(number: int) -> None:
        from django.db import connection

        browser().post("/team", {"handle": f"nobody {number}", "passphrase": PASSPHRASE})
        connection.close()

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 2
