"""A participant in a real browser: a vote that waits for the network arrives once, nothing is kept, and the pages hold on a small screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import tests.web.configured  # noqa: F401 - before any model
from tests.web import planting
from tests.web.house import House, house, opened
from tests.web.live import Live, chromium_at, overflow, person, running
from tests.web.planted import plant
from tracktwo.record.ballots import open_ballots
from tracktwo.record.membership import issue_card
from tracktwo.web import clock

pytestmark = pytest.mark.browser
KEPT = "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length]"
"""How much a page has left in each of the places in which a browser keeps things."""


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, Live]]:
    """A house with words in every room, and a server that serves it."""
    folder = tmp_path_factory.mktemp("house")
    with opened(folder):
        home = house()
        plant(home)
        with running(folder) as live:
            yield home, live


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patched, chromium_at(chromium) as opened_browser:
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the driver of the browser runs a loop in this thread, and tests look into the record
        yield opened_browser


def arrived(home: House, statement: str) -> list[str]:
    """How each vote on a statement was cast, in no order of persons."""
    return sorted(vote.vote for vote in open_ballots(home.convenor.record, {statement: "plenary"}).votes)


def come_in(context: BrowserContext, home: House) -> Page:
    """A page behind a fresh card of the north."""
    words = issue_card(home.convenor.record, "Zelda Telephone", "participant", "north", clock.today()).words
    page = context.new_page()
    page.goto("/")
    page.fill("input[name=words]", words)
    page.click("main button")
    return page


def test_a_vote_made_while_the_network_is_away_waits_on_the_page_and_arrives_once(there: tuple[House, Live], browser: Browser) -> None:
    home, live = there
    one = planting.statement(home, "The lighthouse should be lit", number=41)
    context = person(browser, live.address, width=320)
    page = come_in(context, home)
    page.goto(f"/p/{home.tag}/statements")
    state = page.locator(f"#s{one} .state")
    context.set_offline(True)
    page.click(f"#s{one} [value=agree]")
    expect(state).to_have_text("Waiting on this page; do not close it.")
    page.click(f"#s{one} [value=disagree]")
    assert arrived(home, one) == []
    kept = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length]"
    )
    assert kept == [0, 0, 0, 0]
    context.set_offline(False)
    expect(state).to_have_text("Received. You can change it until voting ends.")
    expect(page.locator(f"#s{one} [value=disagree]")).to_have_attribute("aria-pressed", "true")
    assert arrived(home, one) == ["disagree"]
    planting.close(home, one)  # the page sees it by itself
    expect(page.locator(f"#s{one}")).to_contain_text("Voting on this has ended")
    page.context.clear_cookies()
    expect(page.locator("#ended")).to_contain_text("Your visit has ended")
    context.close()


def test_an_answer_that_is_lost_on_the_way_is_asked_for_again_and_the_vote_counts_once(there: tuple[House, Live], browser: Browser) -> None:
    home, live = there
    one = planting.statement(home, "The ferry should run", number=42)
    context = person(browser, live.address)
    page = come_in(context, home)
    page.goto(f"/p/{home.tag}/statements")
    lost = []

    def lose_twice(route: object) -> None:
        if len(lost) < 2:  # the server takes the vote, and the telephone never hears of it
            lost.append(route.fetch())  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route("**/p/vote", lose_twice)
    page.click(f"#s{one} [value=pass]")
    expect(page.locator(f"#s{one} .state")).to_have_text("Received. You can change it until voting ends.", timeout=10_000)
    assert [answer.status for answer in lost] == [204, 204]
    assert arrived(home, one) == ["pass"]
    context.close()


def test_without_scripts_a_vote_is_one_tap(there: tuple[House, Live], browser: Browser) -> None:
    home, live = there
    one = planting.statement(home, "The mill should turn", number=43)
    context = person(browser, live.address, language="ar", scripts=False)
    page = come_in(context, home)
    page.goto(f"/p/{home.tag}/statements")
    page.click(f"#s{one} [value=agree]")
    assert page.url.endswith(f"/statements#s{one}")
    expect(page.locator(f"#s{one} [aria-pressed=true]")).to_have_text("موافق")
    assert arrived(home, one) == ["agree"]
    context.close()


def test_letters_of_twice_the_size_make_no_page_wider_than_a_telephone(there: tuple[House, Live], browser: Browser) -> None:
    home, live = there
    survey = next(entry.id for entry in home.convenor.record.read().entries if type(entry).__name__ == "SurveyAsked")
    context = person(browser, live.address, language="ar", width=320)
    page = come_in(context, home)
    for path in ("", "/rules", "/statements", "/propose", "/word", "/days", f"/survey/{survey}"):
        page.goto(f"/p/{home.tag}{path}")
        before = page.evaluate("document.documentElement.scrollHeight")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollHeight") > before  # the control: it did grow
        assert overflow(page) <= 0, path
    context.close()
