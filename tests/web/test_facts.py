"""Facts: stated, put right, taken back, with every version kept, and what is wrong said at its field."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from django.http import QueryDict

from tests.making import bare
from tests.web.house import House
from tracktwo.constitute import let_out
from tracktwo.model.base import Noun
from tracktwo.model.brief import (
    Budget,
    ContestedName,
    CounselSaid,
    EntryRuleStated,
    Exposure,
    Issue,
    NameForm,
    Person,
    Pledge,
    Retention,
    Side,
    Venue,
)
from tracktwo.record.entries import STATED, CounselAnswered, EntryRuleFound, IssueRaised
from tracktwo.record.entry import BaseEntry
from tracktwo.web import clock, reading
from tracktwo.web.answers import answers
from tracktwo.web.desk import Desk, open_desk
from tracktwo.web.facts import BELONGS, KINDS, body_of, title_of
from tracktwo.web.findings import Outlook
from tracktwo.web.noun_forms import NounForm
from tracktwo.web.words import LANGUAGES, voice
from tracktwo.web.work import Standing

WATER = {"name": "Water", "status": "stuck", "since": "2019-05", "once": "ab" * 16}


def _desk(home: House) -> Desk:
    return open_desk(home.people["convenor"].membership)


def _issues(home: House) -> list[BaseEntry]:
    return [entry for entry in _desk(home).settled if isinstance(entry, IssueRaised)]


def _add(home: House, **changed: str) -> BaseEntry:
    answer = home.post("convenor", f"/i/{home.tag}/facts/new/issue-raised", WATER | changed)
    assert answer.status_code == 303
    return _issues(home)[-1]


def _errors(body: str) -> str:
    (found,) = re.findall(r'<div class="errors".*?</div>', body, re.DOTALL)
    return re.sub(r"<[^>]+>", " ", found)


def test_every_type_of_fact_belongs_to_one_consideration() -> None:
    assert sorted(kind.__name__ for kinds in BELONGS.values() for kind in kinds) == sorted(kind.__name__ for kind in STATED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_and_every_choice_has_a_word(language: str) -> None:
    spoken = voice(language)
    seen: set[type[Noun]] = set()
    missing: list[str] = []

    def look(noun: type[Noun]) -> None:
        if noun in seen:
            return
        seen.add(noun)
        for one in answers(noun):
            wanted = [f"interface.web{one.label}", *map(one.word, one.choices)]
            missing.extend(code for code in wanted if not spoken.knows(code))
            for kind in (one.kind, *get_args(one.kind)):
                if isinstance(kind, type) and issubclass(kind, Noun):
                    look(kind)

    for slug, kind in KINDS.items():
        assert spoken.knows(f"interface.web.facts.kind.{slug}")
        look(body_of(kind))
    assert not missing


def test_a_fact_that_was_stated_stands_on_the_page_of_its_consideration_once_however_often_it_was_sent(home: House) -> None:
    fact = _add(home)
    _add(home)
    assert [entry.id for entry in _issues(home)] == [fact.id]
    assert fact.body == Issue(name="Water", status="stuck", since="2019-05")
    body = home.get("convenor", f"/i/{home.tag}/considerations/assessment").content.decode()
    assert f'id="fact-{fact.id}"' in body
    assert home.get("other initiative", f"/i/{home.other}/facts/{fact.id}").status_code == 404


def test_what_is_put_right_replaces_what_was_stated_and_both_stay_in_its_history(home: House) -> None:
    old = _add(home)
    home.post("convenor", f"/i/{home.tag}/facts/{old.id}", WATER | {"once": "12" * 16})
    assert [entry.id for entry in _issues(home)] == [old.id]  # nothing changed, nothing is stated
    home.post("convenor", f"/i/{home.tag}/facts/{old.id}", WATER | {"name": "Water and pasture", "once": "cd" * 16})
    (new,) = _issues(home)
    assert new.replaces == (old.id,)
    assert new.body.name == "Water and pasture"
    history = home.get("convenor", f"/i/{home.tag}/facts/{new.id}/history").content.decode()
    assert history.index("Water and pasture") < history.index("<bdi>Water</bdi>")
    assert "convenor" in history
    assert home.get("convenor", f"/i/{home.tag}/facts/{old.id}").headers["Location"].endswith(f"#fact-{new.id}")


def test_what_was_taken_back_no_longer_counts_and_its_reason_can_be_read(home: House) -> None:
    fact = _add(home)
    home.post("convenor", f"/i/{home.tag}/facts/{fact.id}/withdraw", {"reason": "It was rumour", "once": "cd" * 16})
    assert _issues(home) == []
    history = home.get("convenor", f"/i/{home.tag}/facts/{fact.id}/history").content.decode()
    assert "It was rumour" in history
    assert "Water" in history


def test_of_two_versions_that_contradict_each_other_the_chosen_one_stays(home: House) -> None:
    old = _add(home)
    rivals = [
        IssueRaised(on=clock.today(), lamport=0, body=Issue(name=name), replaces=(old.id,)) for name in ("Water of the river", "Water of the wells")
    ]
    home.write("convenor", rivals[0])
    home.write("facilitator", rivals[1])
    body = home.get("convenor", f"/i/{home.tag}/considerations/assessment").content.decode()
    assert body.count('class="fact in-doubt"') == 2
    chosen = next(entry for entry in _issues(home) if entry.body.name == "Water of the wells")
    home.post("convenor", f"/i/{home.tag}/facts/{chosen.id}/keep", {"once": "ef" * 16})
    assert [entry.body.name for entry in _issues(home)] == ["Water of the wells"]
    assert not _desk(home).initiative.conflicts


def test_what_is_wrong_is_said_at_its_field_in_the_readers_language_and_nothing_is_lost(home: House) -> None:
    for language in LANGUAGES:
        home.browsers["convenor"].cookies["__Host-language"] = language
        answer = home.post("convenor", f"/i/{home.tag}/facts/new/issue-raised", {"name": "Pasture", "status": "stuck", "since": "last spring"})
        body = answer.content.decode()
        assert answer.status_code == 200
        assert voice(language).text("interface.web.facts.wrong.partial-date") in _errors(body)
        assert 'value="last spring"' in body
        assert 'value="Pasture"' in body
        assert 'aria-describedby="f-since-help f-since-error"' in body
    assert _issues(home) == []


def test_a_list_as_text_is_told_its_line_and_a_currency_its_missing_rate(home: House) -> None:
    grievances = "- what: Herds were seized\n  kind: economic\n- what: Nobody answered\n  kind: imaginary\n"
    body = home.post("convenor", f"/i/{home.tag}/facts/new/issue-raised", {"name": "Pasture", "grievances": grievances}).content.decode()
    assert "line 4" in _errors(body)
    assert "kind: imaginary" in body
    pledges = "- donor: A foundation\n  amount: 10\n  currency: USD\n"
    answer = home.post("convenor", f"/i/{home.tag}/facts/new/budget-entered", {"currency": "EUR", "pledges": pledges})
    assert "USD without a rate" in _errors(answer.content.decode())


def test_a_new_person_gets_the_next_code_and_keeps_it_when_put_right(home: House) -> None:
    home.post("convenor", f"/i/{home.tag}/facts/new/person-invited", {"name": "Zelda Third", "sides": ["north"], "once": "ab" * 16})
    person = next(entry for entry in _desk(home).settled if getattr(entry.body, "name", "") == "Zelda Third")
    assert person.about == "A-02"
    home.post("convenor", f"/i/{home.tag}/facts/{person.id}", {"name": "Zelda The Third", "sides": ["south"], "once": "cd" * 16})
    assert [entry.about for entry in _desk(home).settled if getattr(entry.body, "name", "") == "Zelda The Third"] == ["A-02"]


SIDES = (Side(id="north", name="The north"), Side(id="south", name="The south"))
NOUNS = (
    Issue(name="Water", status="stuck", since="2019", grievances=[{"what": "Herds were seized", "kind": "economic", "side": "north"}]),
    Person(
        name="Zelda", sides=("north", "south"), nationalities=("CAF", "SSD"), languages=[{"tag": "fr", "level": "C1"}], youth=False, groups=("elder",)
    ),
    Venue(name="A hall", place={"city": "Geneva", "country": "CHE", "latitude": 46.2}, cost_per_day="120.50"),
    Budget(currency="EUR", pledges=(Pledge(donor="A foundation", amount="10", condition_met=True),)),
    ContestedName(about="The river", forms=(NameForm(side="north", form="Long River", in_={"fr": "Long Fleuve"}),), agreed_in={"ar": "النهر"}),
)


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: type(noun).__name__)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_that_is_sent_as_it_was_shown_gives_the_same_noun(noun: Noun, language: str) -> None:
    shown = NounForm(type(noun), None, voice=voice(language), sides=SIDES, before=noun)
    sent = QueryDict(mutable=True)
    for one in shown:
        value = one.field.widget.format_value(one.value()) if not isinstance(one.value(), bool) else one.value()
        if isinstance(value, bool):
            if value:
                sent[one.html_name] = "on"
        else:
            sent.setlist(one.html_name, value if isinstance(value, list) else [value or ""])
    back = NounForm(type(noun), sent, voice=voice(language), sides=SIDES)
    assert back.is_valid(), back.errors
    assert back.made == noun


def test_a_fact_is_changed_where_it_stands_and_a_row_leads_to_the_facts_below_it(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    released = let_out(bare("CAF"), voice("en"))
    monkeypatch.setattr(reading, "outlook", lambda asked, desk: Outlook(released, True, "0" * 32, Standing("done")))
    fact = _add(home)
    page = f"/i/{home.tag}/considerations/assessment"
    body = home.get("convenor", f"{page}?change={fact.id}").content.decode()
    (article,) = re.findall(rf'<article class="fact" id="fact-{fact.id}".*?</article>', body, re.DOTALL)
    assert f'action="/i/{home.tag}/facts/{fact.id}"' in article
    assert 'value="2019-05"' in article
    assert f'action="/i/{home.tag}/facts/' not in home.get("convenor", page).content.decode()
    (row,) = re.findall(r'<section class="row" id="A2".*?</section>', body, re.DOTALL)
    assert f'href="{page}#issue-raised"' in row


RULE = {"country": "Senegal", "rule": "exit ban", "person": "A-01", "source": "A friend", "as_of": "2026-11-20", "once": "ab" * 16}


def test_a_fact_about_somebody_asks_for_the_person_by_code_and_name_and_keeps_that_person_when_put_right_where_it_stands(home: House) -> None:
    new = home.get("convenor", f"/i/{home.tag}/facts/new/entry-rule-found").content.decode()
    assert '<option value="A-01">A-01 Zelda Northbank</option>' in new
    assert home.post("convenor", f"/i/{home.tag}/facts/new/entry-rule-found", RULE).status_code == 303
    (fact,) = [entry for entry in _desk(home).settled if isinstance(entry, EntryRuleFound)]
    assert (fact.about, fact.body.person, fact.body.country) == ("A-01", "A-01", "SEN")
    there = home.get("convenor", f"/i/{home.tag}/considerations/feasibility?change={fact.id}").content.decode()
    assert '<option value="A-01" selected>A-01 Zelda Northbank</option>' in there


def test_somebody_who_is_not_entered_is_not_lost_when_the_fact_is_put_right() -> None:
    noun = Exposure(person="A stranger", country="SEN", kind="warrant", source="A friend", as_of=clock.today())
    shown = NounForm(Exposure, None, voice=voice("en"), before=noun)
    assert ("A stranger", "A stranger") in shown["person"].field.choices


def test_counsels_answer_asks_for_acts_in_the_readers_words_and_for_those_alone_of_which_rules_speak(home: House) -> None:
    home.browsers["convenor"].cookies["__Host-language"] = "fr"
    path, told = f"/i/{home.tag}/facts/new/counsel-answered", {"question": "Q", "answer": "A", "by": "B", "date": "2026-11-20", "once": "ab" * 16}
    assert f'value="provide-meals"> <span>{voice("fr").text("term.law-act.provide-meals")}<' in home.get("convenor", path).content.decode()
    assert home.post("convenor", path, told | {"acts": ["feed"]}).status_code == 200
    assert home.post("convenor", path, told | {"acts": ["provide-meals", "meet"]}).status_code == 303
    (fact,) = [entry for entry in _desk(home).settled if isinstance(entry, CounselAnswered)]
    assert fact.body == CounselSaid(question="Q", answer="A", by="B", date="2026-11-20", acts=("provide-meals", "meet"))


@pytest.mark.parametrize(
    "noun",
    [
        Exposure(person="A-01", country="SEN", kind="none found", source="A friend", as_of=clock.today()),
        EntryRuleStated(country="SEN", rule="travel ban", person="A-01", source="A friend", as_of=clock.today()),
        Retention(what="travel papers", days=14),
    ],
    ids=lambda noun: type(noun).__name__,
)
def test_no_word_of_a_file_stands_as_a_title_where_each_language_has_its_own(noun: Noun) -> None:
    assert title_of(noun) is None
