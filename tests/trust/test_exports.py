"""Exports of what was said: nobody can tell who said it, not even from many exports laid beside each other."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.histories import DAY, History, attacked, careful, decide, drop, export, invite, lived
from tracktwo.model.brief import ContestedName, NameForm, Party, Side
from tracktwo.record.chatham import REASONS, Export, HeldBack, Item, Prepared, exported
from tracktwo.record.dialogue import Note, NoteTaken, Part, PartHeld
from tracktwo.record.entries import InitiativeOpened, NameContested, Opening, PartyAdded, SideDeclared
from tracktwo.record.entry import Rule
from tracktwo.record.initiative import Initiative

LATER = DAY + timedelta(days=30)
SIDES = {"north": "A", "south": "B"}


def table(north: int = 6, south: int = 6) -> History:
    """Two sides around a table, and nothing said yet."""
    history = History(random.Random(1))
    history.add(InitiativeOpened, body=Opening(title="Invented", challenge="friendship", written=DAY, fictional=True))
    history.add(PartyAdded, body=Party(name="P"))
    for side, count in (("north", north), ("south", south)):
        history.add(SideDeclared, body=Side(id=side, name=f"The {side}"))
        for number in range(1, count + 1):
            invite(history, f"{SIDES[side]}-{number:02d}", (side,))
    return history


def hold(history: History, rule: Rule, session_: str = "first", room: str = "plenary", present: Sequence[str] | None = None) -> None:
    people = tuple(sorted(history.sides) if present is None else present)
    history.add(PartHeld, room=room, rule=rule, body=Part(session=session_, part="whole", day=DAY, present=people))


def say(
    history: History, rule: Rule, speaker: str | None, text: str, session_: str = "first", room: str = "plenary", kind: str = "content"
) -> NoteTaken:
    body = Note(session=session_, part="whole", text=text, language="en", speaker=speaker, kind=kind)
    note = history.add(NoteTaken, room=room, rule=rule, about=speaker, body=body)
    assert isinstance(note, NoteTaken)
    history.notes[note.id] = note
    return note


def everybody_speaks(history: History, rule: Rule, session_: str = "first", times: int = 1) -> list[NoteTaken]:
    hold(history, rule, session_)
    people = sorted(history.sides) * times
    return [say(history, rule, person, f"Matter {session_} {number}", session_) for number, person in enumerate(people)]


def let_out(history: History, day: date = LATER, **options: object) -> Prepared:
    return exported(history.initiative(), audience="donors", day=day, **options)  # type: ignore[arg-type]


def texts(prepared: Prepared) -> set[str]:
    return {item.text for item in prepared.export.items}


PLAIN = Rule()


def test_what_leaves_has_no_field_for_a_speaker_a_session_or_an_hour() -> None:
    assert [field.name for field in fields(Item)] == ["text", "label", "language"]
    assert [field.name for field in fields(Export)] == ["day", "items"]


def test_no_speaker_code_session_or_room_is_in_any_form_of_the_export() -> None:
    history = table()
    hold(history, PLAIN, "ZEBRA session")
    for person in sorted(history.sides):
        say(history, PLAIN, person, f"Matter {ord(person[-1])}{person[0]}", "ZEBRA session")
    stored = b"".join(entry.stored() for entry in history.entries).decode()
    prepared = let_out(history)
    assert len(prepared.export.items) == 12
    for out in (prepared.export.as_json(), prepared.export.as_text(), prepared.export.as_csv()):
        for secret in ("ZEBRA", "A-01", "B-06", "Invented", "plenary", "north", "convenor", "donors", DAY.isoformat()):
            assert secret in stored or secret == "donors"  # the control: it could have leaked
            assert secret not in out


def test_names_and_codes_of_people_leave_no_code_behind_in_the_words() -> None:
    history = table()
    everybody_speaks(history, PLAIN)
    say(history, PLAIN, "A-01", "Invented B 03 answered A-02, and (B-06) agreed")
    (item,) = [item for item in let_out(history).export.items if "answered" in item.text]
    assert item.text == "▮ answered ▮, and (▮) agreed"


def test_contested_names_leave_in_the_form_that_was_agreed() -> None:
    history = table()
    forms = (NameForm(side="north", form="Norria"), NameForm(side="south", form="Sorria"))
    history.add(NameContested, body=ContestedName(about="the river", forms=forms, agreed="the river"))
    everybody_speaks(history, PLAIN)
    say(history, PLAIN, "A-01", "Boats on Norria")
    assert "Boats on the river" in texts(let_out(history))


def test_the_order_is_the_same_whoever_spoke_first() -> None:
    def order(people: Sequence[str], words: Sequence[str]) -> list[str]:
        history = table()
        hold(history, PLAIN)
        for person, text in zip(people, words, strict=True):
            say(history, PLAIN, person, text)
        return [item.text for item in let_out(history).export.items]

    people, words = sorted(table().sides), [f"Matter {number}" for number in range(12)]
    first = order(people, words)
    assert first == order(people[::-1], words) == order(people, words[::-1])
    assert first != words
    assert sorted(first) == sorted(words)


def test_the_same_record_gives_the_same_bytes_and_a_seed_another_order() -> None:
    history = table()
    everybody_speaks(history, PLAIN)
    one, two, other = let_out(history), let_out(history), let_out(history, seed="another")
    assert one == two
    assert texts(one) == texts(other)
    assert one.export.as_json() != other.export.as_json()


def test_the_smallest_group_can_be_raised_and_never_lowered() -> None:
    history = table()
    everybody_speaks(history, PLAIN)
    with pytest.raises(ValueError, match=r"^the smallest group shown is 5 speakers, not 4: it can be raised, not lowered$"):
        let_out(history, smallest=4)
    assert len(let_out(history, smallest=12).export.items) == 12
    assert let_out(history, smallest=13).export.items == ()
    export(history, lambda initiative, rooms: exported(initiative, audience="x", day=LATER, smallest=7))
    assert let_out(history).made.smallest == 7
    with pytest.raises(ValueError, match="7 speakers, not 5: this initiative has already asked"):
        let_out(history, smallest=5)


def test_a_room_in_which_nobody_speaks_openly_is_refused() -> None:
    with pytest.raises(ValueError, match="room 'sealed'"):
        let_out(table(), rooms=("sealed",))


def test_four_speakers_are_too_few_and_five_are_enough() -> None:
    for count, shown in ((4, 0), (5, 5)):
        history = table(3, 3)
        hold(history, PLAIN)
        for person in sorted(history.sides)[:count]:
            say(history, PLAIN, person, f"Matter {person}".replace("-", ""))
        prepared = let_out(history)
        assert len(prepared.export.items) == shown
        assert prepared.held_back == (() if shown else (HeldBack("small group", count),))


def test_many_notes_of_few_speakers_are_no_group() -> None:
    history = table()
    hold(history, PLAIN)
    for number in range(40):
        say(history, PLAIN, f"A-0{number % 2 + 1}" if number % 4 else "B-01", f"Matter {number}")
    assert let_out(history).export.items == ()


def test_the_team_hides_nobody() -> None:
    history = table(2, 2)
    hold(history, PLAIN, present=[*history.sides, "T-01", "T-02"])
    for person in [*sorted(history.sides), "T-01", "T-02"]:
        say(history, PLAIN, person, f"Matter {person[0]}{person[-1]}")
    assert let_out(history).export.items == ()


SIDE = Rule(attribution="side")


def test_a_side_is_named_where_the_rule_allows_it_and_enough_of_it_speak() -> None:
    history = table(6, 6)
    everybody_speaks(history, SIDE)
    labels = [item.label for item in let_out(history).export.items]
    assert sorted(labels) == ["The north"] * 6 + ["The south"] * 6


def test_a_small_side_is_not_shown_alone() -> None:
    history = table(6, 4)
    everybody_speaks(history, SIDE)
    labels = {item.label for item in let_out(history).export.items}
    assert labels == {""}


def test_under_the_chatham_house_rule_no_heap_comes_from_one_side_alone() -> None:
    history = table(6, 6)
    hold(history, PLAIN)
    for person in sorted(history.sides)[:6]:
        say(history, PLAIN, person, f"Matter {person[-1]}")
    assert let_out(history).export.items == ()
    say(history, PLAIN, "B-01", "Matter of another side")
    assert len(let_out(history).export.items) == 7


def test_what_was_said_in_a_caucus_leaves_only_when_it_is_asked_for() -> None:
    history = table(6, 6)
    everybody_speaks(history, PLAIN)
    hold(history, PLAIN, "apart", "caucus:north", [f"A-0{number}" for number in range(1, 7)])
    for number in range(1, 7):
        say(history, PLAIN, f"A-0{number}", f"Among us {number}", "apart", "caucus:north")
    assert not any("Among us" in text for text in texts(let_out(history)))
    assert sum("Among us" in text for text in texts(let_out(history, rooms=("plenary", "caucus:north")))) == 6


def test_what_a_caucus_adds_to_an_earlier_export_is_held_back_where_it_would_show_the_side() -> None:
    history = table(6, 6)
    everybody_speaks(history, PLAIN)
    export(history, lambda initiative, rooms: exported(initiative, audience="x", day=LATER))
    hold(history, PLAIN, "apart", "caucus:north", [f"A-0{number}" for number in range(1, 7)])
    for number in range(1, 7):
        say(history, PLAIN, f"A-0{number}", f"Among us {number}", "apart", "caucus:north")
    assert not any("Among us" in text for text in texts(let_out(history, rooms=("plenary", "caucus:north"))))


def test_words_leave_only_with_consent_and_a_name_only_where_the_rule_allows_it() -> None:
    for attribution, label in (("name", "Invented A 01"), ("none", "")):
        rule = Rule(attribution=attribution, quotable=True)
        history = table()
        everybody_speaks(history, rule)
        words = say(history, rule, "A-01", "I was there", kind="words")
        assert "I was there" not in texts(let_out(history))
        assert HeldBack("not to be quoted", 1) in let_out(history).held_back
        decide(history, words, given=True)
        (item,) = [item for item in let_out(history).export.items if item.text == "I was there"]
        assert item.label == label
        decide(history, words, given=False)
        assert "I was there" not in texts(let_out(history))


def test_words_that_the_rule_does_not_let_be_quoted_stay_whatever_the_speaker_says() -> None:
    history = table()
    everybody_speaks(history, PLAIN)
    decide(history, say(history, PLAIN, "A-01", "I was there", kind="words"), given=True)
    assert "I was there" not in texts(let_out(history))


def test_notes_that_should_have_been_destroyed_do_not_leave() -> None:
    rule = Rule(keep_until=LATER)
    history = table()
    everybody_speaks(history, rule)
    assert len(let_out(history, day=LATER).export.items) == 12
    late = let_out(history, day=LATER + timedelta(days=1))
    assert (late.export.items, late.held_back) == ((), (HeldBack("overdue", 12),))


def test_notes_of_an_unknown_part_do_not_leave() -> None:
    history = table()
    for person in sorted(history.sides):
        say(history, PLAIN, person, f"Matter {person[0]}{person[-1]}")
    prepared = let_out(history)
    assert (prepared.export.items, prepared.held_back) == ((), (HeldBack("unknown part", 12),))


def test_notes_without_a_speaker_hide_behind_all_who_were_present() -> None:
    for count, shown in ((4, 0), (5, 3)):
        history = table()
        hold(history, PLAIN, present=["A-01", "A-02", "A-03", "B-01", "B-02"][:count])
        for number in range(3):
            say(history, PLAIN, None, f"Matter {number}")
        assert len(let_out(history).export.items) == shown


def test_somebody_who_was_erased_since_makes_no_heap_of_one_side_look_like_one_of_two() -> None:
    history = table(7, 7)
    hold(history, PLAIN, present=[f"A-0{number}" for number in range(1, 8)])
    say(history, PLAIN, None, "Nobody was noted")
    assert let_out(history).export.items == ()
    history.entries = [entry for entry in history.entries if entry.about != "A-07"]
    assert let_out(history).export.items == ()


def test_a_newcomers_words_wait_until_enough_others_speak_with_him() -> None:
    history = table()
    everybody_speaks(history, PLAIN)
    export(history)
    invite(history, "A-77", ("north",))
    hold(history, PLAIN, "second")
    say(history, PLAIN, "A-77", "A new voice", "second")
    assert "A new voice" not in texts(let_out(history))
    everybody_speaks(history, PLAIN, "third")
    assert "A new voice" in texts(let_out(history))


@pytest.mark.parametrize("erased", [True, False])
def test_who_withdraws_does_not_stand_alone_in_the_difference_of_two_exports(erased: bool) -> None:
    history = table(8, 8)
    everybody_speaks(history, PLAIN, times=3)
    export(history)
    before = {item.text for item in history.exports[0].items}
    his = [note.id for note in history.notes.values() if note.body.speaker == "A-01"]
    words = {history.notes[note].body.text for note in his}
    drop(history, his, erased=erased)
    after = texts(let_out(history))
    assert words <= before
    missing = before - after
    assert words < missing
    beside = {note.body.speaker for note in history.notes.values() if note.body.text in missing}
    assert len(beside) >= 5
    assert len(after) >= 48 - 3 - 5


def test_where_too_few_would_be_left_everything_of_an_earlier_export_is_held_back() -> None:
    history = table(3, 4)
    everybody_speaks(history, PLAIN)
    export(history)
    drop(history, [next(iter(history.notes))], erased=True)
    prepared = let_out(history)
    assert len(history.exports[0].items) == 7
    assert prepared.export.items == ()
    assert prepared.held_back == (HeldBack("small group", 6),)


def test_an_unchanged_record_leaves_unchanged() -> None:
    history = table()
    everybody_speaks(history, PLAIN)
    export(history)
    assert let_out(history).export.items == history.exports[0].items


def test_why_notes_are_held_back_is_told_without_saying_whose() -> None:
    assert HeldBack("small group", 1).sentence == f"1 note is held back: {REASONS['small group']}"
    for reason in REASONS:
        assert "A-0" not in HeldBack(reason, 2).sentence


def test_a_person_whom_a_text_still_means_is_shown_to_the_team_before_it_leaves() -> None:
    history = table()
    everybody_speaks(history, PLAIN)
    say(history, PLAIN, "A-01", "I.A. was against it")
    (warned,) = let_out(history).warnings
    assert warned.mention.why == "initials"


FORMULAS = [
    f"{start}{rest}"
    for start in ("=", "+", "-", "@", "\t=", "＝", "＋", "－", "＠", "=\t")
    for rest in ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("x")', "SUM(1)", "A1", "x")
]


def test_no_cell_of_the_table_can_be_computed() -> None:
    assert len(FORMULAS) == 60
    out = Export(DAY, tuple(Item(text, text, "en") for text in FORMULAS)).as_csv()
    rows = list(csv.reader(io.StringIO(out, newline="")))
    assert rows[0] == ["text", "label", "language"]
    for row, text in zip(rows[1:], FORMULAS, strict=True):
        assert row == ["'" + text, "'" + text, "en"]


@given(st.lists(st.builds(Item, st.text(min_size=1), st.text(), st.just("en")), max_size=5))
def test_the_json_and_the_table_hold_any_words_whole(items: list[Item]) -> None:
    out = Export(DAY, tuple(items))
    assert [(item["text"], item["label"]) for item in json.loads(out.as_json())["items"]] == [(item.text, item.label) for item in items]
    rows = list(csv.reader(io.StringIO(out.as_csv(), newline="")))[1:]
    assert [row[0].removeprefix("'") for row in rows] == [item.text.removeprefix("'") for item in items]


def test_no_line_of_an_item_passes_for_an_item() -> None:
    out = Export(DAY, (Item("One\n- Forged", "", "en"), Item("Two", "North", "en"))).as_text()
    assert out == f"{DAY.isoformat()}\n\n- One\n  - Forged\n- North: Two\n"


def forgetful(initiative: Initiative, rooms: tuple[str, ...]) -> Prepared:
    """The control: the same exporter without its memory of earlier exports."""
    return careful(replace(initiative, dialogue=replace(initiative.dialogue, exports=())), rooms)


@given(st.integers(10**6, 10**9))
@settings(max_examples=60, deadline=None)
def test_an_attacker_with_all_exports_learns_no_speaker_and_no_side(seed: int) -> None:
    assert attacked(lived(seed)) == []


@pytest.mark.gate
def test_the_attacker_catches_an_exporter_that_forgets() -> None:
    assert sum(bool(attacked(lived(seed, forgetful))) for seed in range(40)) >= 8


@pytest.mark.gate
def test_exports_of_random_histories_name_nobody_and_no_side(figure: Callable[[str], None]) -> None:
    histories = [lived(seed) for seed in range(2000)]
    learned = [found for history in histories for found in attacked(history)]
    made = [export for history in histories for export in history.exports]
    caught = sum(bool(attacked(lived(seed, forgetful))) for seed in range(200))
    shown = sum(len(one.items) for one in made)
    figure(
        f"{len(histories):,} histories, {len(made):,} exports with {shown:,} notes: {len(learned)} times a speaker or side learned; "
        f"without memory of earlier exports {caught} of 200 histories"
    )
    assert learned == []
    assert caught >= 40


SPEAKERS, SESSIONS = 12, 10


def habits(seed: int) -> tuple[History, dict[str, str], dict[str, tuple[float, int]]]:
    """People who like to speak at a certain time of a session; (record, author by text, hour and day by text)."""
    chance = random.Random(seed)
    history = table(6, 6)
    likes = {person: (number + 0.5) / SPEAKERS for number, person in enumerate(chance.sample(sorted(history.sides), SPEAKERS))}
    authors: dict[str, str] = {}
    times: dict[str, tuple[float, int]] = {}
    for number in range(SESSIONS):
        name = f"session {number}"
        hold(history, PLAIN, name)
        turns = sorted((min(max(chance.gauss(likes[person], 0.08), 0), 1), person) for person in likes for _ in range(2))
        for hour, person in turns:
            text = f"Matter {chance.randrange(10**12)}"
            body = Note(session=name, part="whole", text=text, language=chance.choice(["en", "fr"]), speaker=person)
            history.add(NoteTaken, room="plenary", rule=PLAIN, about=person, body=body)
            authors[text], times[text] = person, (hour, number)
    return history, authors, times


def auc(features: np.ndarray, authors: Sequence[str], seed: int) -> float:
    """How well a logistic regression tells each author from all others, on the half it did not learn from; mean area under the curve."""
    order = np.random.default_rng(seed).permutation(len(authors))
    learn, judge = order[: len(order) // 2], order[len(order) // 2 :]
    areas = []
    for author in sorted(set(authors)):
        is_his = np.array([one == author for one in authors], dtype=float)
        if not (is_his[learn].sum() > 0 and 0 < is_his[judge].sum() < len(judge)):
            continue
        weights = np.zeros(features.shape[1])
        for _ in range(200):
            guess = 1 / (1 + np.exp(-features[learn] @ weights))
            weights -= 2.0 * (features[learn].T @ (guess - is_his[learn]) / len(learn) + 1e-3 * weights)
        score = features[judge] @ weights
        his, others = score[is_his[judge] == 1], score[is_his[judge] == 0]
        areas.append(float((his[:, None] > others).mean() + (his[:, None] == others).mean() / 2))
    return float(np.mean(areas))


def bumps(values: np.ndarray, count: int = 12) -> np.ndarray:
    """A number between 0 and 1 as a row of overlapping bumps, so that a line can follow any curve of it."""
    return np.exp(-(((values[:, None] - np.linspace(0, 1, count)) * count) ** 2))


def from_export(history: History, authors: dict[str, str], seed: int) -> float:
    """The classifier on all that an export says beside the words: place, label, language."""
    items = let_out(history).export.items
    assert len(items) == 2 * SPEAKERS * SESSIONS
    place = np.arange(len(items)) / len(items)
    other = np.array([[1.0, item.language == "fr", item.label != ""] for item in items], dtype=float)
    return auc(np.hstack([other, bumps(place)]), [authors[item.text] for item in items], seed)


def from_record(authors: dict[str, str], times: dict[str, tuple[float, int]], seed: int) -> float:
    """The control: the speaking order and the hour left in."""
    spoken = sorted(authors, key=lambda text: (times[text][1], times[text][0]))
    place = np.arange(len(spoken)) / len(spoken)
    hour = np.array([times[text][0] for text in spoken])
    return auc(np.hstack([np.ones((len(spoken), 1)), bumps(place), bumps(hour)]), [authors[text] for text in spoken], seed)


def classified(seeds: int) -> tuple[float, float]:
    """Mean area under the curve over the seeds, of the export and of the control."""
    found = []
    for seed in range(seeds):
        history, authors, times = habits(seed)
        found.append((from_export(history, authors, seed), from_record(authors, times, seed)))
    export_mean, control = np.mean(found, axis=0)
    return float(export_mean), float(control)


def test_neither_order_nor_what_stands_beside_the_words_tells_the_author() -> None:
    export_mean, control = classified(5)
    assert 0.44 <= export_mean <= 0.56
    assert control >= 0.8


@pytest.mark.gate
def test_an_author_classifier_on_order_and_metadata_does_no_better_than_chance(figure: Callable[[str], None]) -> None:
    export_mean, control = classified(20)
    figure(f"mean AUC over 20 seeds {export_mean:.3f}; with the speaking order and hour left in {control:.3f}")
    assert 0.47 <= export_mean <= 0.53
    assert control >= 0.8
