"""The page of the example in a real browser: on a telephone, in the dark, printed, and asking nobody for anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.making import EXAMPLE, ROOT, constituted
from tracktwo.constitute import Constituted, let_out
from tracktwo.dossier.language import languages, voice
from tracktwo.dossier.page import dossier_html
from tracktwo.dossier.reading import reading_of
from tracktwo.library import guide
from tracktwo.model.rows import ALL_ROWS

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The page of the example in every language: language → address."""
    done, folder = constituted(EXAMPLE), tmp_path_factory.mktemp("page")
    made = {}
    for language in languages():
        (folder / f"{language}.html").write_bytes(page_of(done, language))
        made[language] = (folder / f"{language}.html").as_uri()
    return made


def page_of(done: Constituted, language: str) -> bytes:
    released = let_out(done, voice(language))
    spoken = voice(language).calling(released.names)
    return dossier_html(reading_of(released, spoken), spoken)


@pytest.fixture(scope="module")
def address(pages: dict[str, str]) -> str:
    return pages["en"]


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


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_must_be_scrolled_sideways(page: Page, pages: dict[str, str], language: str, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(pages[language])
    assert _overflow(page) == 0


def _barriers(browser: Browser, address: str) -> list[tuple[str, list[str]]]:
    """What axe finds on a page with all that can be opened open: rule and element."""
    context = browser.new_context(bypass_csp=True)  # the page allows no scripts, and axe is one
    page = context.new_page()
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(closed => closed.open = true)")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).response
    context.close()
    assert len(found["passes"]) > 20
    return [(rule["id"], node["target"]) for rule in found["violations"] for node in rule["nodes"]]


@pytest.mark.parametrize("language", [pytest.param(name, marks=[pytest.mark.gate] * (name != "ar")) for name in languages()])
def test_axe_finds_no_barrier(browser: Browser, tmp_path: Path, language: str) -> None:
    (tmp_path / "small.html").write_bytes(page_of(constituted(ROOT / "tests" / "briefs" / "bare-mali.yaml"), language))
    assert _barriers(browser, (tmp_path / "small.html").as_uri()) == []


@pytest.mark.gate
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", guide.examples())
def test_axe_finds_no_barrier_in_any_example(browser: Browser, tmp_path: Path, name: str, language: str, figure: Callable[[str], None]) -> None:
    (tmp_path / "whole.html").write_bytes(page_of(constituted(EXAMPLE.with_name(f"{name}.yaml")), language))
    found = _barriers(browser, (tmp_path / "whole.html").as_uri())
    figure(f"axe on {name} in {language}: {len(found)} violations")
    assert found == []


@pytest.mark.parametrize("language", languages())
def test_the_page_says_its_language_and_direction(page: Page, pages: dict[str, str], language: str) -> None:
    page.goto(pages[language])
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == (language, voice(language).direction)
    box = page.locator("#A1 .finding .mark").first.bounding_box()
    assert box is not None
    middle = page.evaluate("document.documentElement.clientWidth") / 2
    assert (box["x"] > middle) == (voice(language).direction == "rtl")


@pytest.mark.parametrize("language", languages())
def test_large_letters_do_not_break_it(page: Page, pages: dict[str, str], language: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(pages[language])
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
