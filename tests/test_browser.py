"""The page of the example in a real browser: on a telephone, in the dark, printed, and asking nobody for anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.making import EXAMPLE, constituted
from tracktwo.constitute import dossier
from tracktwo.dossier.language import voice
from tracktwo.model.rows import ALL_ROWS

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("page") / "dossier"
    dossier(constituted(EXAMPLE), folder, voice())
    return (folder / "dossier.html").as_uri()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # CI runs as root, and chromium's sandbox refuses root.
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def _overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_must_be_scrolled_sideways(page: Page, address: str, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)
    assert _overflow(page) == 0


def test_large_letters_do_not_break_it(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(address)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert _overflow(page) == 0


def test_the_browser_asks_for_the_file_and_nothing_else(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_timeout(300)
    assert [url for url in asked if not url.startswith("data:")] == [address]


def test_every_row_can_be_reached_by_its_address(page: Page, address: str) -> None:
    page.goto(address)
    missing = [row for row in ALL_ROWS if page.locator(f"[id='{row}']").count() != 1]
    assert missing == []


def test_every_figure_has_words_beside_it(page: Page, address: str) -> None:
    page.goto(address)
    figures = page.locator("figure:has(svg[role=img])")
    assert figures.count() >= 6
    for number in range(figures.count()):
        figure = figures.nth(number)
        assert figure.locator("svg title").first.text_content()
        assert figure.locator("xpath=following-sibling::details[1]//*[self::table or self::ul or self::ol]").count() >= 1


def test_it_reads_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("h1").inner_text().startswith("Neighbours again")
    context.close()


def test_it_prints_on_paper(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(address)
    printed = page.pdf(format="A4", path=tmp_path / "dossier.pdf")
    assert printed.startswith(b"%PDF")
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type/Page") + printed.count(b"/Type /Page ") > 5
