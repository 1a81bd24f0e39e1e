"""The days that our users live, in a real browser on a real server: a convenor's first day, a facilitator's workshop, an evaluator's month nine.

What is clicked is found by what it is for, not by its words, so that each journey runs in English and in Arabic alike.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

import tests.web.configured  # noqa: F401 - before any model
from tests.web.house import House, Serving, house, opened
from tests.web.live import Live, chromium_at, keep_picture, overflow, person, running, sign_in
from tests.web.planted import plant
from tracktwo.vault.one_time import code_at
from tracktwo.web import accounts

pytestmark = pytest.mark.browser
LANGUAGES = ["ar", pytest.param("en", marks=pytest.mark.gate)]
NEW = "velvet harbour ladder citron"


@pytest.fixture(scope="module")
def chrome(chromium: str) -> Iterator[Browser]:
    with chromium_at(chromium) as opened_browser:
        yield opened_browser


@dataclass
class Stage:
    """A server with everybody of the house, and the words of an invitation to an account."""

    live: Live
    home: House
    invitation: str
    statement: str
    serving: Serving


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with opened(tmp_path) as serving:
        home = house()
        statement = plant(home)
        words = accounts.invitation(operator=True)
    with running(tmp_path) as live:
        yield Stage(live, home, words, statement, serving)


@dataclass
class Hand:
    """Somebody's hand: it clicks and types, and counts the clicks."""

    page: Page
    clicks: int = field(default=0)
    asked: list[str] = field(default_factory=list)

    def go(self, selector: str) -> None:
        self.clicks += 1
        self.page.click(selector)

    def type(self, **typed: str) -> None:
        for name, text in typed.items():
            place = self.page.locator(f"main [name={name.replace('__', '-')}]").first
            if place.evaluate("one => one.tagName") == "SELECT":
                self.clicks += 1
                place.select_option(text)
            else:
                place.fill(text)

    def save(self) -> None:
        """The button of the form that was filled in."""
        self.go("main form.form button.primary")

    def to(self, path: str) -> str:
        """Follow the link to a page, as one does who reads the menu."""
        self.clicks += 1
        link = self.page.locator(f"a[href='{path}']").first
        if link.is_visible():
            link.click()
        else:
            self.page.goto(path)
        return self.page.inner_text("main")

    def text(self) -> str:
        return self.page.inner_text("main")


def hand(context: BrowserContext) -> Hand:
    page = context.new_page()
    made = Hand(page)
    page.on("console", lambda message: made.asked.append(message.text) if message.type == "error" else None)
    return made


def _direction(page: Page) -> str:
    return str(page.evaluate("document.documentElement.lang + ' ' + getComputedStyle(document.body).direction"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_convenor_comes_from_nothing_to_an_initiative_with_two_invited_and_a_signed_decision(
    stage: Stage, chrome: Browser, language: str, figure: Callable[[str], None]
) -> None:
    began = time.monotonic()
    context = person(chrome, stage.live.address, language=language)
    her = hand(context)
    # In by an invitation
    her.page.goto("/join")
    her.type(words=stage.invitation)
    her.save()
    her.type(handle="zelda", passphrase=NEW, again=NEW)
    her.save()
    secret = _secret(her.text())
    her.type(code=code_at(secret, time.time()))
    her.save()
    assert re.search(r"[a-z]{5}(-[a-z]{5})+", her.text())  # the recovery code
    her.go("main form button")
    assert her.page.url.endswith("/initiatives")
    # The brief in steps
    her.to("/new")
    her.go("main form button.primary")
    her.type(title="مياه الوادي" if language == "ar" else "Water of the valley", convenor="A small foundation")
    her.save()
    her.type(sides__0__name="Up the river", sides__1__name="سكان المصب")
    her.save()
    her.type(countries="Mali", town="Gao")
    her.save()
    her.type(people__0__name="Zelda Oberlauf", people__1__name="زيد المصبّي")
    her.page.locator("main [name=people-0-side]").select_option(index=1)
    her.page.locator("main [name=people-1-side]").select_option(index=2)
    her.clicks += 2
    her.save()
    her.save()  # when, as it is proposed
    her.save()  # money: nothing is known yet
    her.go("main form button.primary")
    assert "/working" in her.page.url or her.page.url.count("/") == 4
    tag = her.page.url.split("/i/")[1][:16]
    her.page.wait_for_url(re.compile(rf"/i/{tag}$"), timeout=120_000)
    # What it says
    her.page.wait_for_selector("ol.cards li.card", timeout=120_000)
    assert her.page.locator("ol.cards > li.card").count() == 6
    assert _direction(her.page) == ("ar rtl" if language == "ar" else "en ltr")
    keep_picture(her.page, f"convenor-overview-{language}")
    # Two cards
    her.to(f"/i/{tag}/people")
    for box in her.page.locator("input[name=person]").all():
        box.check()
        her.clicks += 1
    her.go("form[action$='/people/cards'] button.primary")
    cards = her.page.locator(".paper-card").count()
    keep_picture(her.page, f"convenor-cards-{language}")
    done = time.monotonic() - began
    figure(f"{language}: {her.clicks} clicks, {done:.0f} s by a machine that types at once, {cards} cards")
    assert (cards, her.clicks <= 40) == (2, True)
    # Not yet, signed
    her.to(f"/i/{tag}/decision")
    her.page.locator("form.form >> nth=-1").locator("[name=decision]").first.check()
    _fill_what_is_wanted(her)
    her.page.locator("main form.form >> nth=-1").locator("button.primary").click()
    assert "/decision/" in her.page.url, her.text()[:500]
    keep_picture(her.page, f"convenor-decision-{language}")
    assert her.asked == []
    context.close()


def _secret(text: str) -> bytes:
    import base64

    found = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", text)
    assert found is not None
    return base64.b32decode(found.group().replace(" ", ""))


def _fill_what_is_wanted(her: Hand) -> None:
    """Type something into every field of the last form that must be filled in."""
    for place in her.page.locator("main form.form >> nth=-1").locator("input[type=text][required], textarea[required]").all():
        place.fill("Zelda" if place.evaluate("one => one.tagName") == "INPUT" else "Money for one year only")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_facilitator_holds_a_session_that_names_nobody_and_survives_a_visitor(stage: Stage, chrome: Browser, language: str) -> None:
    tag = stage.home.tag
    context = person(chrome, stage.live.address, language=language)
    his = hand(context)
    sign_in(his.page, "facilitator")
    assert his.page.locator("ul.cards > li").count() == 1  # only this initiative
    # A session in Chatham House mode, with who was present
    his.page.goto(f"/i/{tag}/dialogue/plan")
    his.type(session="Second day", day="2027-03-02", start="09:00", end="10:30", zone="Europe/Rome")
    his.save()
    his.page.goto(f"/i/{tag}/dialogue")
    his.go("ul.cards a:has-text('Second day')")
    his.go("main a.button.primary")
    his.type(part="What we fear")
    for box in his.page.locator("input[type=checkbox][value='A-01'], input[type=checkbox][value='B-01']").all():
        box.check()
    his.save()
    assert "/part/" in his.page.url
    # A name is warned of before anything is saved
    before = his.page.locator("main section.card").count()
    his.type(text="Zelda Northbank fears for the wells")
    his.page.locator("main form.form button.primary").last.click()
    assert his.page.locator("[role=alert]").count() > 0
    keep_picture(his.page, f"facilitator-warning-{language}")
    assert his.page.locator("main section.card").count() == before
    assert his.page.locator("[name=text]").input_value() == "Zelda Northbank fears for the wells"
    his.type(text="Some fear for the wells")
    his.page.locator("main form.form button.primary").last.click()
    assert "Some fear for the wells" in his.text()
    # Paper votes of a whole side in one go; no count anywhere
    his.page.goto(f"/i/{tag}/dialogue/papers")
    place = his.page.locator("main form.form textarea").first
    place.fill("\n".join(["a", "d", "p", "a", "a", "d"]))
    his.save()
    for path in ("dialogue/statements", "dialogue", "evaluation", "dialogue/papers"):
        his.page.goto(f"/i/{tag}/{path}")
        assert not re.search(r"\b(6|12)\s*(votes|voted|صوت|أصوات)", his.text())
    # Somebody walks in
    his.page.goto(f"/i/{tag}/dialogue")
    his.page.keyboard.press("F2")
    his.page.wait_for_url("**/resting")
    keep_picture(his.page, f"facilitator-neutral-{language}")
    assert "Second day" not in his.page.content()
    his.page.go_back()
    assert "Second day" not in his.page.content()
    his.page.goto("/resting")
    his.page.locator("details.back summary").click()
    his.type(passphrase="amber kettle orchard violin")
    his.page.locator("details.back button.primary").click()
    assert his.page.url.endswith("/initiatives")
    his.page.goto(f"/i/{tag}/programme")
    assert overflow(his.page) == 0
    assert _direction(his.page) == ("ar rtl" if language == "ar" else "en ltr")
    assert [words for words in his.asked if "Content Security" in words] == []
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_evaluator_sees_what_is_learned_and_no_name(stage: Stage, chrome: Browser, language: str) -> None:
    tag = stage.home.tag
    from tracktwo.web.sessions import COOKIE

    context = person(chrome, stage.live.address, language=language)
    cookie = {"name": COOKIE, "value": stage.home.browsers["evaluator"].cookies[COOKIE].value, "domain": "127.0.0.1", "path": "/"}
    context.add_cookies([{**cookie, "secure": True, "httpOnly": True, "sameSite": "Strict"}])  # type: ignore[list-item]
    her = hand(context)
    her.page.goto("/p")
    her.page.goto(f"/i/{tag}/evaluation")
    assert her.page.locator("h1").count() == 1
    keep_picture(her.page, f"evaluator-{language}")
    assert "Zelda" not in her.page.content()
    refused = her.page.goto(f"/i/{tag}/people")
    assert refused is not None
    assert (refused.status, "Zelda" in her.page.content()) == (403, False)
    context.close()
    other = person(chrome, stage.live.address, language=language)
    his = hand(other)
    sign_in(his.page, "convenor")
    his.page.goto(f"/i/{tag}/dialogue/inbox")
    assert his.page.locator("main section.card").count() >= 2  # the worry that was planted, and that somebody asked for names
    other.close()
