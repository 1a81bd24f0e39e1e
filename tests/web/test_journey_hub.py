"""An urgent request on Friday evening, in a real browser: the clock, the ranked teams, who declines, the signed dossier, and the yearly check."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

import tests.web.configured  # noqa: F401 - before any model
from tests.web.house import Placed, begin, opened
from tests.web.live import chromium_at, overflow, person, running, sign_in
from tests.web.test_journeys import Hand, _fill_what_is_wanted, hand
from tracktwo.model.undertaking import LanguageSkill
from tracktwo.record.backup import back_up, restore
from tracktwo.record.beginning import opening_of
from tracktwo.record.entry import BaseEntry
from tracktwo.record.home import Home
from tracktwo.record.hub import Expert, Hub, RosterEntered
from tracktwo.record.membership import rotate
from tracktwo.record.opened import look
from tracktwo.record.record import Record
from tracktwo.web import clock, desk
from tracktwo.web.serving import serving

pytestmark = pytest.mark.browser

PEOPLE = (
    ("Zora ONE", "facilitator", "ar:C1 fr:C1", "TUN"),
    ("Zeno TWO", "facilitator", "ar:C1 fr:B1", "JOR"),
    ("Zita THREE", "interpreter", "fr:native ar:C2 en:C1", "FRA"),
    ("Zelie FOUR", "expert", "fr:native", "SEN"),
    ("Zeki FIVE", "facilitator", "en:C2", "TUR"),
)


def standing_roster() -> tuple[BaseEntry, ...]:
    """A hub whose people consented to be asked."""
    listed = []
    for number, (name, role, languages, nationality) in enumerate(PEOPLE, 1):
        skills = tuple(LanguageSkill.model_validate(dict(zip(("tag", "level"), one.split(":"), strict=True))) for one in languages.split())
        body = Expert(
            person=f"R-{number:02d}",
            name=name,
            roles=(role,),  # type: ignore[arg-type]
            languages=skills,
            nationalities=(nationality,),
            interests=("advises one of the parties",) if name.endswith("FIVE") else (),
            consented_to_be_listed=clock.today(),
        )
        listed.append(RosterEntered(on=clock.today(), lamport=0, about=body.person, body=body))
    return (*opening_of(Hub(name="Hub of the coast"), clock.today())[1:], *listed)


def first_team(her: Hand) -> list[str]:
    return [text.split("R-")[0].strip() for text in her.page.locator("ol.cards > li.card").first.locator("ul").first.locator("li").all_inner_texts()]


def answer(her: Hand, name: str, what: str) -> None:
    her.page.locator("ul.cards li.card", has_text=name).locator(f"button[value={what}]").click()


@pytest.mark.parametrize("language", ["ar", pytest.param("en", marks=pytest.mark.gate)])
def test_a_coordinator_answers_an_urgent_request_before_the_clock_runs_out(tmp_path: Path, chromium: str, language: str) -> None:
    folder = tmp_path / "server"
    title = "طلب عاجل" if language == "ar" else "Urgent talks"
    with opened(folder):
        hub = begin(("team", "plenary"), "Hub of the coast", handle="coordinator", entries=standing_roster())
    with running(folder) as live, chromium_at(chromium) as chrome:
        her = hand(person(chrome, live.address, language=language, width=360))
        sign_in(her.page, "coordinator")
        # The request comes in, and the clock starts
        her.to("/hubs")
        her.to(f"/i/{hub.membership.tag}/hub")
        start = (clock.today() + timedelta(days=30)).isoformat()
        her.type(title=title, country="Senegal", start=start, days="5", languages="ar; fr; en", people="4")
        her.save()
        request = her.page.url
        assert "72" in her.page.locator(".notice").first.inner_text() or "٧٢" in her.page.locator(".notice").first.inner_text()
        # Ranked teams, and why the second is not the first
        assert first_team(her) == ["Zora ONE", "Zeno TWO", "Zita THREE", "Zelie FOUR"]
        assert her.page.locator("ol.cards > li.card").nth(1).locator("p.quiet").inner_text() != ""
        assert overflow(her.page) == 0
        # Two accept, one declines: the next best at once
        her.page.locator("ol.cards > li.card").first.locator("button").click()
        answer(her, "Zora ONE", "yes")
        answer(her, "Zita THREE", "yes")
        answer(her, "Zeno TWO", "no")
        assert first_team(her) == ["Zora ONE", "Zita THREE", "Zelie FOUR", "Zeki FIVE"]
        her.page.locator("ol.cards > li.card").first.locator("button").click()
        answer(her, "Zelie FOUR", "yes")
        answer(her, "Zeki FIVE", "yes")
        # The initiative under the same title, its dossier signed: the clock stops
        her.to("/new")
        her.go("main form button.primary")
        her.type(title=title)
        her.save()
        her.type(sides__0__name="Harbour", sides__1__name="Hills")
        her.save()
        her.type(countries="Senegal")
        for _ in range(4):
            her.save()
        her.go("main form button.primary")
        tag = her.page.url.split("/i/")[1][:16]
        her.page.wait_for_url(re.compile(rf"/i/{tag}$"), timeout=120_000)
        her.to(f"/i/{tag}/decision")
        her.page.wait_for_selector("[name=decision]", timeout=120_000)
        her.page.locator("form.form >> nth=-1").locator("[name=decision]").first.check()
        _fill_what_is_wanted(her)
        her.page.locator("main form.form >> nth=-1").locator("button.primary").click()
        her.page.goto(request)
        assert her.page.locator(".notice.warning").count() == 0
        assert "72" not in her.page.locator(".notice").first.inner_text()  # no longer so many hours of 72, but after how many it was signed
        # The record is whole
        her.page.goto(f"/i/{hub.membership.tag}/record")
        her.page.locator("form[action$='/record/verify'] button").click()
        assert her.page.locator("[role=alert]").count() == 0
        assert her.page.locator(".notice").count() == 1
        assert her.asked == []
    _yearly(folder, tmp_path, hub)


def _yearly(folder: Path, tmp_path: Path, hub: Placed) -> None:
    """The backup on a fresh laptop without network: it verifies, and the rooms get new keys."""
    with opened(folder):
        back_up(desk.store(), tmp_path / "backup", clock.today())
        secret = serving().home.secret.path
        laptop = Home(tmp_path / "laptop")
        laptop.secret.path.parent.mkdir(parents=True)
        shutil.copy(secret, laptop.secret.path)
    with laptop.open() as store:
        restore(laptop, store, tmp_path / "backup")
        identity = hub.membership.identity()
        record = Record(store, laptop.secret.read(), identity, hub.membership.key, laptop.replica(hub.membership.key, identity.member))
        looked = look(laptop, record)
        assert looked.sentences == ()
        assert {entry.body.name for entry in looked.reading.entries if isinstance(entry, RosterEntered)} == {name for name, *_ in PEOPLE}
        assert set(rotate(record, ["team", "plenary"], clock.today())) == {"team", "plenary"}
        assert record.read().problems == ()
