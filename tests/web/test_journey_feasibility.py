"""A convenor finds out who may come, where, and until when the money lasts (journey 1, steps 4 to 7), in a real browser on a real server.

The list is the fictional one of the United Nations that the tests of lists read; nobody on the roster is real.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

import tests.web.configured  # noqa: F401 - before any model
from tests.considerations.test_screening import WEEK
from tests.web.house import House, house, opened
from tests.web.live import Live, chromium_at, keep_picture, overflow, person, running, sign_in
from tests.web.test_journeys import LANGUAGES, Hand, hand
from tracktwo.sources.home import add_source
from tracktwo.web import clock

pytestmark = [pytest.mark.browser, pytest.mark.gate]
PATIENCE = 120.0
"""Seconds for which the child may work out what was asked."""
ROSTER = """name,other_names,sides,nationality,birth_date,consent
Tarik Al Wahmi,,north,Central African Republic,1970-08-14,2026-11-01
طارق الوهمي,,side-2,Chad,,2026-11-02
Ada Reed,,north,France,,2026-11-02
Ben Oar,,side-2,Central African Republic,,
"""
"""Two who sound like one entry of the list, each in a script of its own; one who was not asked about his data."""
VENUES = (("House of quiet", "Dakar", "Senegal"), ("Inn by the lake", "Kigali", "Rwanda"), ("On the hill", "Vienna", "Austria"))


@pytest.fixture(scope="module")
def chrome(chromium: str) -> Iterator[Browser]:
    with chromium_at(chromium) as opened_browser:
        yield opened_browser


@pytest.fixture
def live(tmp_path: Path) -> Iterator[tuple[Live, House]]:
    """A server whose home holds a list of this week."""
    with opened(tmp_path) as serving:
        home = house()
        add_source(WEEK, serving.home.folder, as_of=clock.today())
    with running(tmp_path) as server:
        yield server, home


def _until(her: Hand, path: str, selector: str) -> Locator:
    """Look at a page until the child has come to what is looked for there."""
    until = time.monotonic() + PATIENCE
    while True:
        her.page.goto(path)
        found = her.page.locator(selector)
        if found.count() or time.monotonic() > until:
            assert found.count(), f"{path} never showed {selector}: {her.text()[:600]}"
            return found.first
        time.sleep(1)


def _state(her: Hand, tag: str, kind: str, **fields: str) -> None:
    """Enter a fact in the form for its type."""
    her.page.goto(f"/i/{tag}/facts/new/{kind}")
    her.clicks += 1
    for name, text in fields.items():
        place = her.page.locator(f"main [name='{name.replace('__', '.')}']").first
        if place.evaluate("one => one.tagName") == "SELECT":
            her.clicks += 1
            place.select_option(text)
        else:
            place.fill(text)
    her.save()
    assert "/considerations/feasibility" in her.page.url, her.text()[:500]


def _begin(her: Hand, language: str) -> str:
    """The brief in steps, with candidates from a spreadsheet; the tag of what was begun."""
    her.page.goto("/new")
    her.go("main form button.primary")
    her.type(title="ضفتان" if language == "ar" else "Two banks", convenor="A small foundation")
    her.page.locator("main [name=challenge]").select_option("armed conflict")
    her.save()
    her.type(sides__0__name="North", sides__0__party="Council of the north", sides__1__name="الجنوب", sides__1__party="مجلس الجنوب")
    her.save()
    her.type(countries="Central African Republic")
    her.save()
    her.type(people__0__name="Tessa Fairway", people__0__nationality="Norway")
    her.page.locator("main [name=people-0-part]").select_option("facilitator")
    her.page.set_input_files("main [name=roster]", {"name": "people.csv", "mimeType": "text/csv", "buffer": ROSTER.encode()})
    her.clicks += 2
    her.save()
    remarks = her.page.locator("main .errors li")
    assert remarks.count() == 2  # two names that may be one person, and one who was not asked; whoever has looked goes on
    assert "طارق الوهمي" in remarks.first.inner_text()
    her.save()
    her.type(starts="2027-03-01")
    her.save()
    her.type(costs__0__what="A round", costs__0__amount="20000", pledges__0__donor="A fund", pledges__0__amount="45000")
    her.page.locator("main [name=costs-0-every]").select_option("round")
    her.page.locator("main [name=pledges-0-status]").select_option("signed")
    her.clicks += 2
    her.save()
    her.go("main form button.primary")
    return her.page.url.split("/i/")[1][:16]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_convenor_finds_out_who_may_come_decides_a_case_and_sees_what_a_side_refused(
    live: tuple[Live, House], chrome: Browser, language: str, figure: Callable[[str], None]
) -> None:
    server, _ = live
    began = time.monotonic()
    context = person(chrome, server.address, language=language)
    her = hand(context)
    sign_in(her.page, "convenor")
    tag = _begin(her, language)
    # Three venues; what a side said of one, and whom another does not let in
    for venue, city, country in VENUES:
        _state(her, tag, "venue-proposed", name=venue, place__city=city, place__country=country)
    _state(her, tag, "venue-answered", venue="House of quiet", country="Senegal", side="north", answer="refuses", date="2026-11-20")
    _state(
        her, tag, "entry-rule-found", country="Rwanda", rule="no admission", person="B-02", source="Ben Oar himself", as_of="2026-11-20"
    )  # fmt: skip
    # Two possible hits, each with the form that met and the day of the list, and nobody has decided
    her.to(f"/i/{tag}/concerned")
    _until(her, f"/i/{tag}/concerned", "section[aria-labelledby=cases] tbody tr")
    cases = her.page.locator("section[aria-labelledby=cases] tbody tr")
    assert cases.count() == 2
    said = " ".join(cases.all_inner_texts()).replace("\xa0", " ")
    assert ("TARIQ AL-WAHMI" in said, said.count("طارق الوهمي"), said.count("CFi.901"), said.count("2026")) == (True, 2, 2, 2)
    open_words = cases.first.locator("td").last.inner_text()
    assert {row.locator("td").last.inner_text() for row in cases.all()} == {open_words}
    assert her.page.locator("#B7 .finding:has-text('B-02'):has-text('Ben Oar')").count()  # the panel that is lost at a venue, with the name
    assert her.page.locator("#B6 table").inner_text().count("B-02 (Ben Oar)") == 1
    keep_picture(her.page, f"feasibility-concerned-{language}")
    # One case is decided by name
    her.go("section[aria-labelledby=cases] tbody tr:has-text('TARIQ') a")
    assert "TARIQ" in her.text()
    her.page.locator("[name=outcome][value='the same']").check()
    her.page.locator("[name=consequence][value='seek advice']").check()
    her.page.locator("[name=asked][value='asked']").check()
    her.clicks += 3
    her.type(reason="He says that it is him", asked_note="He wants to come", signed_by="Tessa Fairway")
    her.save()
    assert her.page.url.endswith("/concerned")
    her.page.wait_for_selector("section[aria-labelledby=cases] tbody tr", timeout=PATIENCE * 1000)
    states = {row.locator("th").inner_text(): row.locator("td").last.inner_text() for row in cases.all()}
    assert (states["A-01"] != open_words, states["B-01"]) == (True, open_words)
    # What the law says of it: who, which act, with whom, on which day, by which rule
    law = her.page.locator("#B3 figure:has(figcaption:has-text('2027')) tbody tr:has-text('T-01 (Tessa Fairway)'):has-text('A-01 (Tarik Al Wahmi)')")
    assert law.count(), her.page.locator("#B3").inner_text()
    assert re.search(r"\b(UN|EU|FR)-[A-Z0-9-]+", law.first.inner_text())
    keep_picture(her.page, f"feasibility-decided-{language}")
    # What everybody may know of it: no name, the side that refused, the month in which the money ends
    refused = _until(her, f"/i/{tag}/considerations/feasibility", "main:not(:has(.notice)) #B7 .finding.is-serious:has-text('House of quiet')")
    assert refused.is_visible()
    assert "Al Wahmi" not in " ".join(her.page.locator("section.row").all_inner_texts())
    money = " ".join(her.page.locator("#B5 .finding.is-serious").all_inner_texts())
    assert re.search(r"202[78]", money), her.page.locator("#B5").inner_text()
    assert her.page.locator("#B5 figure").count() >= 2  # the months, and which meetings fall if nothing more comes
    assert overflow(her.page) == 0
    keep_picture(her.page, f"feasibility-consideration-{language}")
    done = time.monotonic() - began
    figure(f"{language}: {her.clicks} clicks from a roster to a decided case, three venues and the month money ends; {done:.0f} s by a machine")
    assert her.clicks <= 40
    assert her.asked == []
    context.close()
