"""The look of the house: small, without anything from elsewhere, for readers from either side, and the same words in every language."""

from __future__ import annotations

import gzip
import re

import pytest
from django.template import engines

from tracktwo.dossier.language import entries
from tracktwo.web.pages import ICONS
from tracktwo.web.settings import STATIC
from tracktwo.web.words import LANGUAGES, PAGES

SHEETS = sorted(STATIC.rglob("*.css"))
MOST_OF_A_PAGE = 140_000
"""Bytes of letters that a page in Arabic with Latin names in it loads."""


def test_the_letters_of_a_page_are_few_and_come_with_their_licence() -> None:
    fonts = {path.stem: path.stat().st_size for path in (STATIC / "fonts").glob("*.woff2")}
    assert sum(fonts.values()) <= 350_000
    assert sum(size for name, size in fonts.items() if "cyrillic" not in name and "more" not in name) <= MOST_OF_A_PAGE
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / "LICENSE.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_knows_no_left_and_no_right_and_asks_nobody_else(sheet: object) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)  # type: ignore[attr-defined]
    assert not re.search(r"[-\s;{](left|right)\s*[:;]|(margin|padding|border)-(left|right|top|bottom)|(?<![-\w])(width|height)\s*:(?!\s*\d)", text)
    assert not re.search(r"url\(\s*[\"']?(https?:)?//|@import", text)
    for name in re.findall(r'url\("([^"]+)"\)', text):
        assert (sheet.parent / name).resolve().is_file(), name  # type: ignore[attr-defined]


def test_what_anybody_can_fetch_before_he_came_in_says_nothing_of_what_this_is() -> None:
    for path in sorted(STATIC.rglob("*")):
        if path.suffix in (".css", ".js", ".svg"):
            assert not re.search(
                r"tracktwo|track.?two|caucus|dialogue|plenary|initiative|conflict\b", path.read_text(encoding="utf-8"), re.IGNORECASE
            )


def test_scripts_are_small_and_each_icon_is_there() -> None:
    for path in STATIC.rglob("*.js"):
        assert len(gzip.compress(path.read_bytes())) < 3_000, path
    assert all((STATIC / "icons" / f"{name}.svg").is_file() for name in ICONS)


def test_every_catalogue_has_the_same_words_in_every_language_in_order() -> None:
    english = {path.name for path in (PAGES / "en" / "LC_MESSAGES").glob("*.po")}
    for language in LANGUAGES:
        folder = PAGES / language / "LC_MESSAGES"
        assert {path.name for path in folder.glob("*.po")} == english
        for name in english:
            codes = re.findall(r'^msgid "([^"]+)"', (folder / name).read_text(encoding="utf-8"), re.MULTILINE)
            assert codes == sorted(set(codes)), f"{language}/{name}"
    spoken = {language: entries(language, PAGES) for language in LANGUAGES}
    for code, entry in spoken["en"].items():
        for language in LANGUAGES:
            other = spoken[language].get(code)
            assert other is not None, f"{language}: {code}"
            assert other.plural == entry.plural, code
            assert other.placeholders - {"count"} == entry.placeholders - {"count"}, f"{language}: {code}"
    assert {len(found) for found in spoken.values()} == {len(spoken["en"])}


def test_every_word_that_a_template_asks_for_is_there() -> None:
    known, missing = entries("en", PAGES), []
    for path in sorted((STATIC.parent / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        engines["jinja2"].env.parse(text)  # type: ignore[attr-defined]
        for code in re.findall(r"\bt\('(\.[a-z0-9.-]+[a-z0-9])'\s*[,)]", text):
            if f"interface.web{code}" not in known:
                missing.append(f"{path.name}: {code}")
    assert not missing
