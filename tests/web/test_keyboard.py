"""The house by the keyboard alone: coming in, reaching whatever can be pressed or filled in, seeing where one is, voting, and leaving."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import Page

import tests.web.configured  # noqa: F401 - before any model
from tests.web.house import PASSPHRASE, SECRET, house, opened
from tests.web.live import chromium_at, person, running
from tests.web.planted import plant
from tracktwo.vault.one_time import code_at
from tracktwo.web.sessions import COOKIE

pytestmark = pytest.mark.browser
FEW = ("people", "dialogue/plan")
MORE = (
    "programme",
    "dialogue",
    "dialogue/statements",
    "follow-up",
    "evaluation",
    "agreements",
    "record",
    "happened",
    "decision",
    "journeys",
    "settings",
)

WANTED = """() => {
    const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')];
    const seen = one => one.checkVisibility() && one.tabIndex >= 0 && !one.disabled;
    const first = one => one.type !== 'radio' || one === (document.querySelector(`input[name="${one.name}"]:checked`) ||
        document.querySelector(`input[name="${one.name}"]`));
    window.wanted = all.filter(one => seen(one) && first(one));
    return window.wanted.length;
}"""
HERE = """() => {
    const one = document.activeElement, style = getComputedStyle(one);
    return [window.wanted.indexOf(one), style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0];
}"""
"""Which of those that are wanted has the focus, and whether a line around it shows that."""


def walk(page: Page) -> tuple[set[int], set[int]]:
    """Press Tab through a page, once around: what was missed, and what had the focus without showing it. Fields for a day have several stops."""
    reached: set[int] = set()
    unseen: set[int] = set()
    count = int(page.evaluate(WANTED))
    for _ in range(5 * count):
        page.keyboard.press("Tab")
        place, shown = page.evaluate(HERE)
        if place >= 0:
            reached.add(place)
            if not shown:
                unseen.add(place)
        if len(reached) == count:
            break
    return set(range(count)) - reached, unseen


def named(page: Page, places: set[int]) -> list[str]:
    return [str(page.evaluate("one => window.wanted[one].outerHTML.slice(0, 120)", place)) for place in sorted(places)]


@pytest.mark.gate
@pytest.mark.parametrize("pages", [FEW, MORE], ids=["few", "more"])
def test_everything_can_be_reached_and_done_without_a_mouse_and_the_focus_is_always_seen(
    tmp_path: Path, chromium: str, pages: tuple[str, ...]
) -> None:
    with opened(tmp_path):
        home = house()
        plant(home)
    with running(tmp_path) as live, chromium_at(chromium) as chrome:
        page = person(chrome, live.address).new_page()
        page.goto("/team")
        page.focus("input[name=handle]")
        page.keyboard.type("facilitator")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSPHRASE)
        page.keyboard.press("Enter")
        page.wait_for_url("**/code")
        page.focus("input[name=code]")
        page.keyboard.type(code_at(SECRET, time.time()))
        page.keyboard.press("Enter")
        page.wait_for_url("**/initiatives")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        for path in pages:
            page.goto(f"/i/{home.tag}/{path}")
            page.evaluate("document.querySelectorAll('main details').forEach(closed => closed.open = true)")
            missed, unseen = walk(page)
            assert (path, named(page, missed), named(page, unseen)) == (path, [], [])
        telephone = person(chrome, live.address, width=320)
        cookie = home.browsers["participant A"].cookies[COOKIE].value
        telephone.add_cookies(
            [{"name": COOKIE, "value": cookie, "domain": "127.0.0.1", "path": "/", "secure": True, "httpOnly": True, "sameSite": "Strict"}]
        )
        page = telephone.new_page()
        page.goto(f"/p/{home.tag}/statements")
        missed, unseen = walk(page)
        assert (named(page, missed), named(page, unseen)) == ([], [])
        page.locator("main form button").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("text=Received")
        page.locator("form[action='/leave'] button").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("input[name=words]")
