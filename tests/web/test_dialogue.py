"""The dialogue as the team has it: sessions and parts, notes that name nobody unawares, statements and votes, paper, and what arrives in private."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.web import planting
from tests.web.house import House, house, opened
from tracktwo.dossier.language import entries as entries_of
from tracktwo.model.brief import GroundRule
from tracktwo.record.ballots import open_ballots
from tracktwo.record.dialogue import NoteTaken, PartHeld
from tracktwo.record.entries import GroundRuleSet
from tracktwo.record.initiative import settled
from tracktwo.record.living import RulesAnswered, SessionPlanned
from tracktwo.record.returned import RulesAnswer
from tracktwo.record.statements import statements_of
from tracktwo.web import clock, desk
from tracktwo.web.areas.voting import Misread, votes_of
from tracktwo.web.words import LANGUAGES, PAGES

TIMES = {"day": "2026-12-01", "start": "09:00", "end": "10:30", "zone": "Africa/Tunis"}
PLAN = {"session": "Opening", "stage": "needs and fears", "room": "plenary", **TIMES}
PART = {"part": "Morning", "day": "2026-12-01", "present": ["A-01", "B-01"], "attribution": "none"}
NOTE = {"text": "The river floods each spring", "language": "en", "kind": "content", "speaker": "", "room": "plenary"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for all tests here; each plants what it looks for under words of its own."""
    with opened(tmp_path_factory.mktemp("house")):
        yield house()


def url(home: House, path: str = "") -> str:
    return f"/i/{home.tag}/dialogue{path}"


def body(home: House, path: str, role: str = "facilitator", language: str = "en") -> str:
    answer = home.get(role, path, HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.content.decode())


def entries(home: House, kind: type) -> list[Any]:
    return [entry for entry in settled(home.convenor.record.read().entries)[0] if isinstance(entry, kind)]


def session(home: House, name: str, **fields: Any) -> str:
    """A session planned through the form; its address."""
    answer = home.post("facilitator", url(home, "/plan"), PLAN | {"session": name} | fields)
    assert answer.status_code == 303, answer.content.decode()
    return str(answer.headers["Location"])


def part(home: House, name: str, **fields: Any) -> str:
    """A part of a fresh session; its address."""
    answer = home.post("facilitator", f"{session(home, name)}/part", PART | fields)
    assert answer.status_code == 303, answer.content.decode()
    return str(answer.headers["Location"])


def test_a_session_that_was_planned_stands_under_its_stage_and_its_plan_can_be_changed(home: House) -> None:
    at = session(home, "HARBOURTALK", stage="joint thinking")
    stage = body(home, url(home)).split("<h2>Joint thinking</h2>")[1].split("<h2>")[0]
    assert "HARBOURTALK" in stage
    answer = home.post("facilitator", f"{at}/plan", PLAN | {"session": "HARBOURTALK", "stage": "constraints"})
    assert answer.status_code == 303
    assert "HARBOURTALK" in body(home, url(home)).split("<h2>Constraints</h2>")[1].split("<h2>")[0]
    assert [entry.body.stage for entry in entries(home, SessionPlanned) if entry.body.session == "HARBOURTALK"] == ["constraints"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"end": "08:00"}, "The end should come after the beginning"),
        ({"zone": "Africa/Nowhere"}, "There is no time zone of that name"),
        ({"session": ""}, "This field is required"),
        ({"day": "1 December"}, "Enter a valid date"),
    ],
)
def test_a_plan_that_cannot_be_is_answered_by_a_sentence_and_nothing_typed_is_lost(home: House, wrong: dict[str, str], sentence: str) -> None:
    answer = home.post("facilitator", url(home, "/plan"), PLAN | {"place": "KEPTPLACE"} | wrong)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in text
    assert "KEPTPLACE" in text


def test_a_note_is_taken_under_the_rule_that_was_agreed_for_the_part(home: House) -> None:
    at = part(home, "Rules", attribution="side", quotable="on", keep_until="2027-01-01")
    text = body(home, at)
    assert "The side, not the name" in text
    assert "1 January 2027" in text
    assert home.post("facilitator", at, NOTE | {"text": "LEVEEWORD", "speaker": "A-01", "kind": "words", "once": "c" * 32}).status_code == 303
    assert home.post("facilitator", at, NOTE | {"text": "LEVEEWORD", "speaker": "A-01", "kind": "words", "once": "c" * 32}).status_code == 303
    (note,) = [entry for entry in entries(home, NoteTaken) if entry.body.text == "LEVEEWORD"]
    (held,) = [entry for entry in entries(home, PartHeld) if entry.body.session == "Rules"]
    assert (note.rule, note.about) == (held.rule, "A-01")
    assert home.post("facilitator", url(home, f"/note/{note.id}/quote"), {"given": "yes"}).status_code == 303
    assert "The speaker consents to be quoted." in body(home, at)


def test_a_note_that_seems_to_name_somebody_is_shown_again_before_it_is_saved(home: House) -> None:
    at = part(home, "Naming")
    first = home.post("facilitator", at, NOTE | {"text": "Zelda Northbank spoke of SILTWORD"})
    text = first.content.decode()
    assert first.status_code == 200
    assert "Not saved yet" in text
    assert "SILTWORD" in text
    assert re.search("A-01.{0,40}Zelda Northbank", text)
    assert not [entry for entry in entries(home, NoteTaken) if "SILTWORD" in entry.body.text]
    assert home.post("facilitator", at, NOTE | {"text": "Zelda Northbank spoke of SILTWORD", "anyway": "on"}).status_code == 303
    assert [entry for entry in entries(home, NoteTaken) if "SILTWORD" in entry.body.text]


def test_a_note_is_for_the_facilitators_alone_unless_it_is_meant_for_the_room(home: House) -> None:
    at = part(home, "Readers")
    assert '<option value="team" selected>' in body(home, at)
    for word, room in (("ALONEWORD", "team"), ("ROOMWORD", "plenary")):
        assert home.post("facilitator", at, NOTE | {"text": word, "speaker": "B-01", "room": room}).status_code == 303
        assert word in body(home, at)
    read = {entry.body.text for entry in home.people["participant A"].record.read().entries if isinstance(entry, NoteTaken)}
    assert "ROOMWORD" in read  # the control
    assert "ALONEWORD" not in read
    assert home.post("facilitator", at, NOTE | {"room": "caucus:south"}).status_code == 200


def test_no_note_can_be_taken_where_none_was_agreed(home: House) -> None:
    at = part(home, "Silence", no_notes="on")
    assert "Without notes" in body(home, at)
    assert 'name="text"' not in body(home, at)
    assert "no notes are taken of this part" in home.post("facilitator", at, NOTE).content.decode()


def test_a_note_after_the_day_on_which_all_are_destroyed_is_refused(home: House) -> None:
    at = part(home, "Late", keep_until="2020-01-01")
    assert "were to be destroyed by" in home.post("facilitator", at, NOTE).content.decode()
    assert "are still there" not in body(home, url(home))


def test_the_notes_of_a_part_are_destroyed_only_by_whoever_is_sure(home: House) -> None:
    at = part(home, "Ashes")
    home.post("facilitator", at, NOTE | {"text": "ASHWORD"})
    assert "ASHWORD" in body(home, at)
    assert home.post("facilitator", f"{at}/destroy").status_code == 200
    assert "ASHWORD" in body(home, at)
    assert home.post("facilitator", f"{at}/destroy", {"sure": "on"}).status_code == 303
    assert "ASHWORD" not in body(home, at)
    assert "Nothing was destroyed" in home.post("facilitator", f"{at}/destroy", {"sure": "on"}).content.decode()


def test_a_caucus_note_is_on_no_page_of_the_other_side(home: House) -> None:
    at = session(home, "Caucus", room="caucus:north")
    held = home.post("facilitator", f"{at}/part", PART).headers["Location"]
    home.post("facilitator", held, NOTE | {"text": "CAUCUSNOTE", "room": "caucus:north"})
    assert "CAUCUSNOTE" in body(home, held)
    assert "Visible to: facilitators and the side north" in re.sub("</?bdi>", "", body(home, held))
    assert home.get("participant B", held).status_code == 404
    for page in ("", "/statements", "/days", "/rules"):
        assert "CAUCUSNOTE" not in body(home, f"/p/{home.tag}{page}", "participant B")


# Statements and votes


def test_a_proposal_is_taken_over_as_a_statement_and_its_author_sees_it(home: House) -> None:
    home.post("participant A", f"/p/{home.tag}/propose", {"text": "FERRYWORD should run", "language": "en"})
    text = body(home, url(home, "/statements"))
    proposal = text.split("FERRYWORD")[1].split("?proposal=")[1][:32]
    assert "Zelda of participant north" in text
    answer = home.post(
        "facilitator", f"{url(home, '/statements')}?proposal={proposal}", {"text": "A FERRYWORD should run", "language": "en", "room": "plenary"}
    )
    assert answer.status_code == 303
    put = next(put for put in statements_of(entries(home, object)) if put.body.from_proposal == proposal)
    assert put.body.text == "A FERRYWORD should run"
    assert f"Taken up as statement {put.body.number}" in re.sub("</?bdi>", "", body(home, f"/p/{home.tag}/propose", "participant A"))
    assert "?proposal=" not in body(home, url(home, "/statements"))


def test_a_proposal_that_is_put_away_no_longer_waits(home: House) -> None:
    home.post("participant B", f"/p/{home.tag}/propose", {"text": "DITCHWORD", "language": "en"})
    proposal = body(home, url(home, "/statements")).split("DITCHWORD")[1].split("?proposal=")[1][:32]
    assert home.post("facilitator", url(home, f"/inbox/{proposal}")).status_code == 303
    assert "DITCHWORD" not in body(home, url(home, "/statements"))


def test_a_statement_that_seems_to_name_somebody_is_shown_again_before_everybody_sees_it(home: House) -> None:
    told = {"text": "Zelda Southbank owns the QUARRYWORD", "language": "en", "room": "plenary"}
    text = home.post("facilitator", url(home, "/statements"), told).content.decode()
    assert "Not saved yet" in text
    assert "QUARRYWORD" not in body(home, f"/p/{home.tag}/statements", "participant A")
    assert home.post("facilitator", url(home, "/statements"), told | {"anyway": "on"}).status_code == 303
    assert "QUARRYWORD" in body(home, f"/p/{home.tag}/statements", "participant A")


def test_voting_is_opened_and_ended_for_the_chosen_statements_alone(home: House) -> None:
    one, other = (planting.statement(home, number=number, opened=False) for number in (31, 32))
    assert home.post("facilitator", url(home, "/vote"), {"statement": [one], "do": "open"}).status_code == 303
    state = {put.id: put.state for put in statements_of(entries(home, object))}
    assert (state[one], state[other]) == ("open", "not yet")
    assert home.post("facilitator", url(home, "/vote"), {"statement": [one, other], "do": "close"}).status_code == 303
    state = {put.id: put.state for put in statements_of(entries(home, object))}
    assert (state[one], state[other]) == ("closed", "not yet")


def test_a_translation_says_how_far_it_can_be_trusted(home: House) -> None:
    one = planting.statement(home, "The gate is old", number=33)
    at = url(home, f"/statements/{one}")
    told = {"language": "ar", "text": "البوابة قديمة", "status": "checked", "side": "south"}
    assert home.post("facilitator", at, told).status_code == 303
    assert "checked by a reader of the side The south" in re.sub("</?bdi>", "", body(home, at))
    assert "البوابة قديمة" in body(home, f"/p/{home.tag}/statements", "participant A", "ar")


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        ("a d\np -", [["agree", "disagree"], ["pass", None]]),
        ("AD\n\n12", [["agree", "disagree"], ["agree", "disagree"]]),
        ("١ ٣\n2,0", [["agree", "pass"], ["disagree", None]]),
    ],
)
def test_papers_are_read_one_a_line_in_letters_or_digits(lines: str, read: list[list[str | None]]) -> None:
    assert votes_of(lines, 2) == read


@pytest.mark.parametrize(("lines", "line"), [("a d\na x", 2), ("a d a", 1), ("a d\n\na", 3), ("a d\n" * 201, 201)])
def test_a_line_that_cannot_be_read_is_named(lines: str, line: int) -> None:
    with pytest.raises(Misread) as told:
        votes_of(lines, 2)
    assert told.value.line == line


def test_twelve_papers_of_one_side_are_written_down_and_put_right_under_the_same_name(home: House) -> None:
    ids = [planting.statement(home, number=number, room="caucus:south") for number in (1, 2)]
    told = {"room": "caucus:south", "side": "south", "stack": "Noon", "lines": "a d\n" * 11 + "p -"}
    assert home.post("facilitator", url(home, "/papers"), told).status_code == 303
    assert "The stack was written down" in body(home, url(home, "/papers/done"))
    opened = open_ballots(home.convenor.record, dict.fromkeys(ids, "caucus:south"))
    assert (len(opened.pseudonyms), len(opened.votes), {vote.side for vote in opened.votes}) == (12, 23, {"south"})
    again = home.post("facilitator", url(home, "/papers"), told)
    assert "You have typed in a stack of this name" in again.content.decode()
    assert "a d" in again.content.decode()
    assert home.post("facilitator", url(home, "/papers"), told | {"again": "on", "lines": "d d\n" * 12}).status_code == 303
    opened = open_ballots(home.convenor.record, dict.fromkeys(ids, "caucus:south"))
    assert (len(opened.pseudonyms), {vote.vote for vote in opened.votes}) == (12, {"disagree"})


def test_a_stack_that_cannot_be_read_is_not_written_down_at_all(home: House) -> None:
    one = planting.statement(home, number=1, room="caucus:north")
    told = {"room": "caucus:north", "side": "", "stack": "Dusk", "lines": "a\nd\nx"}
    text = home.post("facilitator", url(home, "/papers"), told).content.decode()
    assert "Line 3" in re.sub("</?bdi>", "", text)
    assert open_ballots(home.convenor.record, {one: "caucus:north"}).votes == ()


def test_no_page_of_the_team_shows_how_many_voted_or_how(home: House) -> None:
    one = planting.statement(home, "The OAK should stand", number=34)
    planting.votes(home, one)
    assert len(open_ballots(home.convenor.record, {one: "plenary"}).votes) == 6  # the control: they are there
    row = body(home, url(home, "/statements")).split(f'id="s{one}"')[1].split("</tr>")[0]
    shown = re.sub(r"<[^>]*>", " ", f"<{row}").replace("Statement 34", "")
    assert "OAK" in shown
    assert not re.search(r"\d|%|agree", shown)


def test_everything_a_participant_can_do_is_there_on_paper(home: House) -> None:
    planting.ground_rule(home, "PAPERRULE")
    one = planting.statement(home, "The PAPERWORD should be read", number=35)
    text = body(home, url(home, "/paper"))
    assert text.count("PAPERWORD") == 2  # to vote on, and as a card
    for words in ("PAPERRULE", "I accept the rules", "Propose a statement", "A private word", "☐"):
        assert words in text
    planting.close(home, one)
    assert "PAPERWORD" not in body(home, url(home, "/paper"))


def test_a_caucus_has_sheets_of_its_own_which_say_so(home: House) -> None:
    planting.statement(home, "The SHEETNORTH stays", room="caucus:north", number=51)
    planting.statement(home, "The SHEETSOUTH stays", room="caucus:south", number=51)
    sheets = re.sub("</?bdi[^>]*>", "", body(home, url(home, "/paper"))).split('<section class="sheet">')
    for word, side, other in (("SHEETNORTH", "The north", "SHEETSOUTH"), ("SHEETSOUTH", "The south", "SHEETNORTH")):
        found = [sheet for sheet in sheets if word in sheet]
        assert len(found) == 2  # to vote on, and as a card
        assert all(f"For the side {side} alone" in sheet and other not in sheet for sheet in found)


# What arrives in private


def test_a_private_word_is_read_with_its_sender_and_put_away(home: House) -> None:
    home.post("participant B", f"/p/{home.tag}/word", {"text": "FEARWORD"})
    text = body(home, url(home, "/inbox"))
    card = text.split("FEARWORD")[1].split("</section>")[0]
    assert "Zelda of participant south" in card
    entry = card.split("/inbox/")[1][:32]
    assert home.post("facilitator", url(home, f"/inbox/{entry}")).status_code == 303
    assert "FEARWORD" not in body(home, url(home, "/inbox"))
    assert home.post("facilitator", url(home, f"/inbox/{'0' * 32}")).status_code == 404


def test_rules_that_the_team_stated_are_put_up_and_the_answers_to_them_are_listed(home: House) -> None:
    home.write("convenor", GroundRuleSet(on=clock.today(), lamport=0, body=GroundRule(applies_to="MOVEDRULE")))
    assert "MOVEDRULE" not in body(home, f"/p/{home.tag}/rules", "participant A")
    assert home.post("facilitator", url(home, "/rules")).status_code == 303
    assert "MOVEDRULE" in body(home, f"/p/{home.tag}/rules", "participant A")
    up = tuple(entry.id for entry in entries(home, GroundRuleSet) if entry.room == "plenary")
    home.write("participant A", RulesAnswered(on=clock.today(), lamport=0, body=RulesAnswer(accepted=False, rules=up)))
    assert "does not accept, may attend" in body(home, url(home, "/rules"))
    assert home.post("facilitator", url(home, "/rules"), {"applies_to": "Evening", "rule": "no notes"}).status_code == 303
    assert "does not accept, may attend" not in body(home, url(home, "/rules"))  # it was an answer to other rules


# Languages


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_pages_are_whole_in_every_language(home: House, language: str) -> None:
    at = part(home, f"Whole {language}")
    one = planting.statement(home, number=36)
    for path in ("", "/plan", "/inbox", "/rules", "/statements", f"/statements/{one}", "/papers", "/paper"):
        assert f'<html lang="{language}"' in body(home, url(home, path), language=language)
    for path in (at, f"{at}/destroy"):
        assert "interface.web" not in body(home, path, language=language)


def test_the_catalogues_of_the_dialogue_say_the_same_in_every_language() -> None:
    prefixes = tuple(f"interface.web.{area}." for area in ("dialogue", "participant", "follow-up", "evaluation"))
    whole = {language: entries_of(language, PAGES) for language in LANGUAGES}
    spoken = {tag: {code: one.placeholders for code, one in found.items() if code.startswith(prefixes)} for tag, found in whole.items()}
    english = spoken["en"]
    assert len(english) > 300
    for language in ("fr", "ar"):
        assert set(spoken[language]) == set(english)
        assert {code for code in english if spoken[language][code] - {"count"} != english[code] - {"count"}} == set()


def test_a_former_member_and_strangers_find_nothing_of_the_dialogue(home: House) -> None:
    for role in ("former", "other initiative", "operator", "hub coordinator", "participant A", "evaluator", "logistics", "interpreter"):
        assert home.get(role, url(home)).status_code in (404, 303), role
    desk.forget_everything()
    assert home.get("former", url(home)).status_code in (404, 303)


def test_to_end_a_vote_and_to_destroy_notes_works_on_either_database(any_home: House) -> None:
    one = planting.statement(any_home)
    planting.votes(any_home, one)
    key = any_home.convenor.membership.key
    before = sorted(ballot[:2] for ballot in desk.store().ballots(key))
    assert any_home.post("facilitator", url(any_home, "/vote"), {"statement": [one], "do": "close"}).status_code == 303
    assert sorted(ballot[:2] for ballot in desk.store().ballots(key)) == before
    at = part(any_home, "Either")
    any_home.post("facilitator", at, NOTE | {"text": "EITHERWORD"})
    assert "EITHERWORD" in body(any_home, at)
    assert any_home.post("facilitator", f"{at}/destroy", {"sure": "on"}).status_code == 303
    assert "EITHERWORD" not in body(any_home, at)
