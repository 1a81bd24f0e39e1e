"""The panel and the rooms in a real browser: people are dragged to where they are pinned, also from right to left, and nobody meets a barrier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Position

import tests.web.configured  # noqa: F401 - before any model
from tests.web.convened import people
from tests.web.house import house, opened
from tests.web.live import chromium_at, overflow, person, running
from tracktwo.web.sessions import COOKIE

pytestmark = pytest.mark.browser
EDGE: Position = {"x": 8, "y": 8}
"""Where a seat is taken hold of: beside its name, for in the midst of it stand the list and the button."""


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[tuple[Page, str]]:
    """A page of the convenor's, in Arabic and as narrow as a telephone; and where his initiative is."""
    folder: Path = tmp_path_factory.mktemp("convened")
    with opened(folder):
        home = house()
        people(home)
        cookie = home.browsers["convenor"].cookies[COOKIE].value
    with running(folder) as live, chromium_at(chromium) as browser:
        context = person(browser, live.address, language="ar", width=320, axe=True)
        base = {"domain": "127.0.0.1", "path": "/", "secure": True, "httpOnly": True, "sameSite": "Strict"}
        context.add_cookies([{"name": COOKIE, "value": cookie, **base}])  # type: ignore[list-item]
        yield context.new_page(), f"/i/{home.tag}"
        context.close()


def _barriers(page: Page) -> list[str]:
    page.evaluate("document.querySelectorAll('details').forEach(closed => closed.open = true)")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).response["violations"]
    wide = [f"{overflow(page)} px too wide"] * (overflow(page) > 0)
    return wide + [f"{rule['id']}: {node['target']} {node['html'][:120]}" for rule in found for node in rule["nodes"][:2]]


def test_somebody_is_dragged_onto_the_panel_and_stays_on_it(looked: tuple[Page, str]) -> None:
    page, where = looked
    page.set_viewport_size({"width": 1280, "height": 1800})
    page.goto(f"{where}/panel")
    seat = page.locator("li.seat", has=page.locator("select[name='place-B-02']"))
    seat.drag_to(page.locator("[data-drop='on']"), source_position=EDGE)
    assert page.locator("select[name='place-B-02']").input_value() == "on"
    assert "Zaid Southhill" in page.locator("#told").inner_text()
    page.locator(".bar button[value=try]").click()
    assert page.locator("[data-drop='on'] select[name='place-B-02']").count() == 1
    assert page.url.endswith("/panel#answer")


def test_somebody_is_dragged_to_another_room_of_the_same_round_and_pinned_there(looked: tuple[Page, str]) -> None:
    page, where = looked
    page.set_viewport_size({"width": 1280, "height": 1800})
    page.goto(f"{where}/rooms")
    page.locator("main form.form button.primary").click()
    choice = page.locator("select[name='seat-1-A-02']")
    other = {"1": "2", "2": "1"}[choice.input_value()]
    seat = page.locator("li.seat", has=choice)
    seat.drag_to(page.locator(f"[data-drop='{other}'][data-round='2']"), source_position=EDGE)
    assert choice.input_value() != other  # that room is of another round
    seat.drag_to(page.locator(f"[data-drop='{other}'][data-round='1']"), source_position=EDGE)
    assert (choice.input_value(), page.locator("input[name='pin-1-A-02']").is_checked()) == (other, True)
    page.locator(".bar button[value=again]").click()
    assert page.locator(f"[data-drop='{other}'][data-round='1'] select[name='seat-1-A-02']").count() == 1


@pytest.mark.gate
def test_nobody_meets_a_barrier_on_a_telephone_from_right_to_left(looked: tuple[Page, str]) -> None:
    page, where = looked
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{where}/panel")
    wrong = _barriers(page)
    page.locator("select[name='place-A-03']").select_option("off")
    page.locator("input[name='size']").fill("1")
    page.locator(".bar button[value=try]").click()
    wrong += _barriers(page)
    page.locator("input[name='size']").fill("6")
    page.locator("button[name=why]").first.click()
    wrong += _barriers(page)
    page.goto(f"{where}/rooms")
    wrong += _barriers(page)
    page.locator("main form.form button.primary").click()
    page.locator("button[name=why]").first.click()
    wrong += _barriers(page)
    page.locator(".bar button[value=save]").click()
    page.goto(f"{page.url}/paper")
    assert wrong + _barriers(page) == []
