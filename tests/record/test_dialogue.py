"""The dialogue: parts of sessions with their rule, notes that keep to it, and consent to be quoted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tracktwo.record.dialogue import (
    DIALOGUE,
    Dialogue,
    Exporting,
    ExportMade,
    Note,
    NoteTaken,
    Overdue,
    Part,
    PartHeld,
    Quotation,
    QuotationDecided,
    Shown,
    check_note,
    dialogue_of,
    in_words,
    overdue,
    strictest,
)
from tracktwo.record.entries import ENTRY_TYPES, InitiativeOpened, Opening, read_entry
from tracktwo.record.entry import BaseEntry, Rule
from tracktwo.record.initiative import replay
from tracktwo.record.keeping import FactWithdrawn, Withdrawal

DAY = date(2026, 11, 26)
PLAIN = Rule()
PEOPLE = {"A-01", "A-02", "B-01"}
OPENED = InitiativeOpened(on=DAY, lamport=0, body=Opening(title="T", challenge="friendship", written=DAY))


def part(rule: Rule = PLAIN, lamport: int = 1, room: str = "plenary", present: tuple[str, ...] = ("A-01", "B-01"), **fields: object) -> PartHeld:
    body = Part(session="first", part="morning", day=DAY, present=present)
    return PartHeld(on=DAY, lamport=lamport, room=room, rule=rule, body=body, **fields)


def note(rule: Rule = PLAIN, lamport: int = 2, speaker: str | None = None, room: str = "plenary", on: date = DAY, **fields: str) -> NoteTaken:
    body = {"session": "first", "part": "morning", "text": "The bridge", "language": "en"} | fields
    return NoteTaken(on=on, lamport=lamport, room=room, rule=rule, about=speaker, body=Note(speaker=speaker, **body))


def decided(entry: NoteTaken, given_: bool, lamport: int = 3, person: str = "A-01", **fields: object) -> QuotationDecided:
    body = Quotation(note=entry.id, person=person, given=given_, day=DAY)
    return QuotationDecided(on=DAY, lamport=lamport, about=person, body=body, **fields)


def dialogue(*entries: BaseEntry) -> Dialogue:
    return replay([OPENED, *entries]).dialogue


def test_every_type_of_the_dialogue_can_be_read_from_what_is_stored() -> None:
    assert set(DIALOGUE) <= set(ENTRY_TYPES)
    entry = note(speaker="A-01")
    back = read_entry(entry.stored())
    assert isinstance(back, NoteTaken)
    assert back.stored() == entry.stored()
    assert dialogue(back) == dialogue(entry)


def test_the_dialogue_stands_in_the_order_of_the_record_whatever_the_order_of_arrival() -> None:
    first, second = note(text="One"), note(text="Two", lamport=5)
    found = dialogue(second, first, part())
    assert [one.body.text for one in found.notes] == ["One", "Two"]
    assert [one.id for one in found.notes] == [first.id, second.id]
    assert len(found.parts) == 1


def test_a_note_that_was_withdrawn_is_not_of_the_dialogue() -> None:
    entry = note()
    gone = FactWithdrawn(on=DAY, lamport=9, replaces=(entry.id,), body=Withdrawal())
    assert len(dialogue(part(), entry).notes) == 1
    assert dialogue(part(), entry, gone).notes == ()


def test_a_note_that_names_its_speaker_is_about_that_person() -> None:
    assert note(speaker="A-01").key_label == ("notes", "convenor", "first", "morning", "A-01")
    assert note().key_label == ("notes", "convenor", "first", "morning", "")
    with pytest.raises(ValidationError, match="about its speaker"):
        NoteTaken(on=DAY, lamport=1, room="plenary", rule=Rule(), body=note(speaker="A-01").body)


@pytest.mark.parametrize("room", ["sealed", "logistics", "ballots", "surveys"])
def test_a_note_stands_only_where_people_speak(room: str) -> None:
    with pytest.raises(ValidationError, match="plenary"):
        note(room=room)
    with pytest.raises(ValidationError, match="plenary"):
        part(room=room)


def test_an_export_is_kept_in_the_room_of_the_team_alone() -> None:
    body = Exporting(audience="donors", day=DAY, smallest=5, shown=(Shown(note="0" * 32, label="", language="en"),), sha256="0" * 64)
    assert dialogue(ExportMade(on=DAY, lamport=1, body=body)).exports[0].body == body
    with pytest.raises(ValidationError):
        ExportMade(on=DAY, lamport=1, room="plenary", body=body)
    with pytest.raises(ValidationError):
        Exporting(audience="donors", day=DAY, smallest=4, shown=(), sha256="0" * 64)


def test_a_note_that_keeps_the_agreed_rule_may_be_written() -> None:
    agreed = Rule(attribution="side", keep_until=DAY)
    assert check_note(note(agreed, speaker="A-01"), dialogue(part(agreed)), PEOPLE) is None


@pytest.mark.parametrize(
    ("entry", "held", "words"),
    [
        (note(session="second"), part(), "does not know the part 'morning' of the session 'second'"),
        (note(), part(Rule(notes=False)), "was agreed to be without notes"),
        (note(Rule(quotable=True)), part(), "which is: neither name nor side, not quotable, notes kept"),
        (note(Rule(keep_until=DAY), on=DAY + timedelta(days=1)), part(Rule(keep_until=DAY)), "were to be destroyed by 2026-11-26"),
        (note(speaker="C-07"), part(), "'C-07' is the code of nobody"),
        (note(speaker="A-02"), part(), "A-02 is not among those present"),
        (note(room="plenary"), part(room="caucus:north"), "does not know the part"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_note_that_may_not_be_written_is_refused_by_one_sentence(entry: NoteTaken, held: PartHeld, words: str) -> None:
    sentence = check_note(entry, dialogue(held), PEOPLE)
    assert sentence is not None
    assert words in sentence
    assert "\n" not in sentence


def test_the_rule_as_last_agreed_binds_the_note() -> None:
    first = part()
    again = part(Rule(quotable=True), lamport=2, replaces=(first.id,))
    found = dialogue(first, again)
    assert check_note(note(), found, PEOPLE) is not None
    assert check_note(note(Rule(quotable=True)), found, PEOPLE) is None


def test_the_team_may_note_what_was_said_in_a_caucus() -> None:
    assert check_note(note(room="team"), dialogue(part(room="caucus:north")), PEOPLE) is None


def test_where_two_rules_stand_for_one_part_the_strictest_of_each_point_holds() -> None:
    rules = Rule(attribution="name", quotable=True, keep_until=DAY), Rule(attribution="side", notes=False)
    assert strictest(rules) == Rule(attribution="side", quotable=False, notes=False, keep_until=DAY)
    found = dialogue(part(rules[0]), part(rules[1], lamport=2), note(rules[0]))
    assert found.rule_of(found.notes[0]) == strictest(rules)


RULES = st.builds(
    Rule,
    attribution=st.sampled_from(["none", "side", "name"]),
    quotable=st.booleans(),
    notes=st.booleans(),
    keep_until=st.none() | st.dates(DAY, DAY + timedelta(days=9)),
)


@given(st.lists(RULES, min_size=1, max_size=5))
def test_the_strictest_rule_does_not_depend_on_order_and_is_never_loosened_by_one_more(rules: list[Rule]) -> None:
    whole = strictest(rules)
    assert strictest(rules[::-1]) == strictest([*rules, whole]) == whole
    order = ["none", "side", "name"]
    for rule in rules:
        assert order.index(whole.attribution) <= order.index(rule.attribution)
        assert whole.quotable <= rule.quotable
        assert whole.notes <= rule.notes
        assert rule.keep_until is None or (whole.keep_until is not None and whole.keep_until <= rule.keep_until)


def test_words_may_be_quoted_only_with_the_speakers_own_consent() -> None:
    words = note(Rule(quotable=True), speaker="A-01", kind="words")
    asked = [(), (decided(words, True),), (decided(words, True, person="B-01"),), (decided(words, True), decided(words, False, lamport=4))]
    found = [dialogue(part(), words, *answers) for answers in asked]
    assert [one.may_quote(one.notes[0]) for one in found] == [False, True, False, False]


def test_a_refusal_ends_only_when_an_entry_replaces_it() -> None:
    words = note(Rule(quotable=True), speaker="A-01", kind="words")
    refused = decided(words, False)
    later = dialogue(part(), words, refused, decided(words, True, lamport=9))
    instead = dialogue(part(), words, refused, decided(words, True, lamport=9, replaces=(refused.id,)))
    assert (later.may_quote(later.notes[0]), instead.may_quote(instead.notes[0])) == (False, True)


def test_notes_that_should_be_gone_are_listed_by_part_from_the_day_after() -> None:
    agreed = Rule(keep_until=DAY)
    found = dialogue(part(agreed), note(agreed), note(agreed, text="Another", lamport=4))
    assert overdue(found, DAY) == ()
    assert overdue(found, DAY + timedelta(days=1)) == (Overdue("first", "morning", DAY, 2),)


def test_parts_without_notes_are_never_overdue() -> None:
    assert overdue(dialogue(part(Rule(keep_until=DAY))), DAY + timedelta(days=99)) == ()


def test_a_rule_is_told_in_words() -> None:
    assert (
        in_words(Rule(attribution="side", quotable=True, keep_until=DAY))
        == "the side may be told, quotable with consent, notes destroyed by 2026-11-26"
    )
    assert in_words(Rule(notes=False)) == "neither name nor side, not quotable, no notes"


def test_the_dialogue_of_nothing_is_empty() -> None:
    assert dialogue_of([]) == Dialogue()
