from __future__ import annotations

from datetime import date

import pytest

from tests.dossier import samples
from tests.making import EXAMPLE, constituted
from tracktwo.constitute import let_out
from tracktwo.dossier.language import entries, languages, voice
from tracktwo.dossier.texts import DayOneText, day_one_texts
from tracktwo.model.finding import Message
from tracktwo.record.gate import Released

KNOWN = let_out(constituted(EXAMPLE), voice(), names=False)
BARE = KNOWN.model_copy(update={"convenor": None, "sides": (), "sections": ()})


def codes(text: DayOneText) -> list[str]:
    return [block.message.code for block in text.blocks]


def said(text: DayOneText, language: str = "en") -> str:
    return "\n".join(voice(language).say(message) for message in (text.title, *(block.message for block in text.blocks)))


def test_the_four_texts_stand_in_the_order_in_which_they_are_read() -> None:
    assert [text.name for text in day_one_texts(KNOWN)] == ["invitation", "ground-rules", "chatham-house", "consent"]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("released", [KNOWN, BARE, samples.released()], ids=["known", "bare", "sample"])
def test_every_text_can_be_said_whole_in_every_language(language: str, released: Released) -> None:
    for text in day_one_texts(released):
        words = said(text, language)
        assert released.title in words
        assert words.endswith(voice(language).text("interface.page.not-yet-read"))


def test_every_word_of_the_texts_is_used_and_every_text_has_words() -> None:
    used = {code for released in (KNOWN, BARE) for text in day_one_texts(released) for code in (text.title.code, *codes(text))}
    held = {code for code, entry in entries("en").items() if entry.file == "texts.po"}
    assert used - {"interface.page.not-yet-read"} == held


def test_the_invitation_says_who_invites_and_leaves_a_line_where_nobody_is_named() -> None:
    assert KNOWN.convenor is not None
    assert f"{KNOWN.convenor} invites you to take part in “{KNOWN.title}”." in said(day_one_texts(KNOWN)[0])
    assert "text.invitation.convenor" in codes(day_one_texts(BARE)[0])
    assert "text.invitation.convenor" not in codes(day_one_texts(KNOWN)[0])


def test_the_invitation_gives_the_days_of_the_first_programme_as_thought_of() -> None:
    when = next(block.message for block in day_one_texts(KNOWN)[0].blocks if block.message.code == "text.invitation.when")
    assert when == Message(code="text.invitation.when", params={"first": date(2027, 2, 15), "last": date(2027, 2, 18)})
    assert "text.invitation.dates" in codes(day_one_texts(BARE)[0])


def test_the_sides_are_named_together() -> None:
    sides = next(block.message for block in day_one_texts(KNOWN)[0].blocks if block.message.code == "text.invitation.sides")
    assert all(name in voice().say(sides) for _, name in KNOWN.sides)
    assert "text.invitation.sides-open" in codes(day_one_texts(BARE)[0])


def test_no_text_names_a_person_even_where_names_were_asked_for() -> None:
    named = let_out(constituted(EXAMPLE), voice(), names=True)
    names = [person.name for person in named.people if person.name]
    assert names  # the control: there is something that could leak
    for text in day_one_texts(named):
        assert not [name for name in names if name in said(text)]


@pytest.mark.parametrize("part", ["no-notes", "destroyed", "summary"])
def test_the_notice_names_every_stricter_rule(part: str) -> None:
    assert f"text.chatham-house.{part}" in codes(day_one_texts(KNOWN)[2])


def test_the_consent_form_says_how_to_withdraw_before_it_asks_for_a_signature() -> None:
    order = codes(day_one_texts(KNOWN)[3])
    wanted = [f"text.consent.{part}" for part in ("what", "who", "until", "withdraw", "any-time", "no-longer", "leak", "code", "signed", "contact")]
    assert sorted(wanted, key=order.index) == wanted


@pytest.mark.parametrize("name", ["invitation", "ground-rules", "chatham-house", "consent"])
def test_a_text_is_about_a_page(name: str) -> None:
    text = next(text for text in day_one_texts(KNOWN) if text.name == name)
    assert 150 <= len(said(text).split()) <= 450
