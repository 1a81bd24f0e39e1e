"""What every noun shares."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from tracktwo.model.base import LINE, CountryCode, Currency, Language, SideId, Text, nfc
from tracktwo.model.brief import Party, Tie

TEXT, LANGUAGE, SIDE, CURRENCY, COUNTRY = (TypeAdapter(kind) for kind in (Text, Language, SideId, Currency, CountryCode))


@given(st.text())
def test_a_text_is_composed_and_stripped_or_refused(text: str) -> None:
    usable = bool(nfc(text)) and not any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in nfc(text))
    if usable:
        assert TEXT.validate_python(text) == unicodedata.normalize("NFC", text).strip()
    else:
        with pytest.raises(ValidationError):
            TEXT.validate_python(text)


def test_line_ends_and_tabs_are_text_and_other_control_characters_are_not() -> None:
    assert TEXT.validate_python("a\n\tb") == "a\n\tb"
    with pytest.raises(ValidationError, match=r"holds the control character U\+001B; remove it"):
        TEXT.validate_python("a\x1b[31mb")


@pytest.mark.parametrize("tag", ["fr", "sg", "zh-Hant", "pt-BR", "ast"])
def test_a_language_tag_is_taken(tag: str) -> None:
    assert LANGUAGE.validate_python(tag) == tag


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *((LANGUAGE, value) for value in ("French", "FR", "f", "fr\n-")),
        *((SIDE, value) for value in ("North", "-north", "a" * 41, "a b")),
        *((CURRENCY, value) for value in ("eur", "EURO", "EUR\n")),
        *((COUNTRY, value) for value in ("Mali", "mli", 466, "ΜΛΙ")),
    ],
)
def test_codes_of_another_form_are_refused(kind: TypeAdapter[str], value: object) -> None:
    with pytest.raises(ValidationError):
        kind.validate_python(value)


def test_a_country_is_resolved_by_whatever_resolver_the_reader_passes() -> None:
    assert COUNTRY.validate_python(" Mali ", context={"resolve_country": {"Mali": "MLI"}.get}) == "MLI"
    assert COUNTRY.validate_python("MLI") == "MLI"


def test_a_noun_cannot_be_changed_and_takes_no_field_that_it_does_not_know() -> None:
    party = Party(name="A")
    with pytest.raises(ValidationError, match="frozen"):
        party.name = "B"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        Party.model_validate({"name": "A", "colour": "red"})


def test_a_line_is_remembered_and_stays_out_of_every_dump_and_schema() -> None:
    tie = Tie.model_validate({LINE: 7, "what": "market"})
    assert tie.line == 7
    assert "line" not in tie.model_dump()
    assert "7" not in tie.model_dump_json()
    assert "7" not in repr(tie)
    assert not {"line", LINE} & set(Tie.model_json_schema()["properties"])
