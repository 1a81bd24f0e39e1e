"""Every page in a real browser: without a barrier, without scrolling sideways on a telephone, without a word to anybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request

import tests.web.configured  # noqa: F401 - before any model
from tests.considerations.test_screening import WEEK
from tests.trust.test_permission_matrix import _addresses
from tests.trust.web_rows import ROWS
from tests.web.house import House, house, opened
from tests.web.live import Live, chromium_at, overflow, person, running
from tests.web.planted import plant
from tracktwo.model.brief import Person
from tracktwo.model.rows import CONSIDERATIONS
from tracktwo.record.entries import PersonInvited
from tracktwo.sources.home import add_source
from tracktwo.web import clock
from tracktwo.web.access import doors
from tracktwo.web.sessions import COOKIE
from tracktwo.web.urls import urlpatterns

pytestmark = pytest.mark.browser

FILES = frozenset({"poll", "place"})
"""What is no page: an answer for scripts, and a way to somewhere else."""
SEEN_BY = ("convenor", "participant A", "evaluator", "logistics", "operator", "anonymous")
"""Each address is looked at by the first of these before whom its door opens."""


@dataclass
class Walk:
    """A server, a browser, and what can be looked at."""

    live: Live
    browser: Browser
    home: House
    pages: dict[str, tuple[str, str]]
    """Name → path and role."""

    def as_role(self, role: str, language: str, width: int) -> BrowserContext:
        context = person(self.browser, self.live.address, language=language, width=width, axe=True)
        cookie = self.home.browsers[role].cookies.get(COOKIE)
        if cookie is not None:
            base = {"domain": "127.0.0.1", "path": "/", "secure": True, "httpOnly": True, "sameSite": "Strict"}
            context.add_cookies([{"name": COOKIE, "value": cookie.value, **base}])  # type: ignore[list-item]
        return context


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Walk]:
    folder: Path = tmp_path_factory.mktemp("house")
    with opened(folder) as serving:
        home = house()
        plant(home)
        add_source(WEEK, serving.home.folder, as_of=clock.today())
        home.write("convenor", PersonInvited(on=clock.today(), lamport=0, about="A-02", body=Person(name="Tarik Al Wahmi", sides=("north",))))
        paths = _addresses(home)
    answering = {str(pattern.name) for pattern, door in doors(list(urlpatterns)) if "GET" in door.methods}
    pages = {
        name: (path, next(role for role in SEEN_BY if role in ROWS[name]))
        for name, path in paths.items()
        if name in answering - FILES and any(role in ROWS[name] for role in SEEN_BY)
    }
    with running(folder) as live, chromium_at(chromium) as browser:
        yield Walk(live, browser, home, pages)


def _barriers(page: Page) -> list[str]:
    page.evaluate("document.querySelectorAll('details').forEach(closed => closed.open = true)")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['html'][:120]}" for rule in found for node in rule["nodes"][:2]]


def _look_at_all(walk: Walk, language: str, width: int) -> tuple[int, list[str]]:
    """How many pages were looked at, and what is wrong with them."""
    wrong: list[str] = []
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        heard.extend([message.text] if message.type == "error" else [])

    def ask(asked: Request) -> None:
        heard.extend([] if asked.url.startswith((walk.live.address, "data:")) else [f"asks {asked.url}"])

    for role in dict.fromkeys(role for _, role in walk.pages.values()):
        context = walk.as_role(role, language, width)
        page = context.new_page()
        page.on("console", hear)
        page.on("request", ask)
        for name, (path, _) in [(name, found) for name, found in walk.pages.items() if found[1] == role]:
            heard.clear()
            try:
                response = page.goto(path)
            except Error as error:
                if "Download is starting" in str(error):
                    continue
                raise
            assert response is not None
            lang = page.evaluate("document.documentElement.lang + ' ' + document.dir")
            wanted = f"{language} {'rtl' if language == 'ar' else 'ltr'}"
            wrong += [f"{name}: {response.status}"] * (response.status != 200) + [f"{name}: is {lang}"] * (lang != wanted)
            wrong += [f"{name}: {overflow(page)} px too wide"] * (overflow(page) > 0)
            wrong += [f"{name}: {barrier}" for barrier in _barriers(page)] + [f"{name}: {words}" for words in heard]
        context.close()
    return len(walk.pages), wrong


@pytest.mark.gate
@pytest.mark.parametrize(("language", "width"), [("ar", 320), ("en", 320), ("fr", 320), ("en", 1280), ("ar", 1280)])
def test_every_page_is_without_barriers_in_each_language(walk: Walk, language: str, width: int, figure: Callable[[str], None]) -> None:
    seen, wrong = _look_at_all(walk, language, width)
    figure(f"{seen} pages in {language} at {width} px: {len(wrong)} barriers or faults")
    assert wrong == []


@pytest.mark.gate
@pytest.mark.parametrize(("language", "width"), [("ar", 320), ("fr", 1280)])
def test_what_the_considerations_find_can_be_read_by_everybody(walk: Walk, language: str, width: int) -> None:
    context = walk.as_role("convenor", language, width)
    page = context.new_page()
    page.goto(f"/i/{walk.home.tag}")
    page.wait_for_selector("ol.cards > li.card", timeout=120_000)
    addresses = [f"/i/{walk.home.tag}", *(f"/i/{walk.home.tag}/considerations/{name.replace('_', '-')}" for name in CONSIDERATIONS)]
    wrong = []
    for address in addresses:
        page.goto(address)
        page.wait_for_selector("h2")
        wrong += [f"{address}: {overflow(page)} px too wide"] * (overflow(page) > 0) + [f"{address}: {found}" for found in _barriers(page)]
    assert page.locator(".finding, .statement").count() > 5  # the findings are really there
    assert wrong == []
    context.close()


@pytest.mark.gate
@pytest.mark.parametrize(("language", "width"), [("ar", 320), ("fr", 1280)])
def test_what_concerns_people_can_be_read_and_decided_by_everybody(walk: Walk, language: str, width: int) -> None:
    context = walk.as_role("convenor", language, width)
    page = context.new_page()
    page.goto(f"/i/{walk.home.tag}/concerned")
    page.wait_for_selector("section[aria-labelledby=cases] tbody a", timeout=120_000)
    wrong = [f"concerned: {overflow(page)} px too wide"] * (overflow(page) > 0) + [f"concerned: {found}" for found in _barriers(page)]
    page.click("section[aria-labelledby=cases] tbody a")
    wrong += [f"case: {overflow(page)} px too wide"] * (overflow(page) > 0) + [f"case: {found}" for found in _barriers(page)]
    page.click("main form.form button.primary")  # nothing is filled in
    assert page.evaluate("document.activeElement.id") == "errors"
    wrong += [f"errors: {overflow(page)} px too wide"] * (overflow(page) > 0) + [f"errors: {found}" for found in _barriers(page)]
    assert wrong == []
    context.close()
