"""The voice of the house: the dossier's words and those of its pages, in one language."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from tracktwo.dossier.language import LOCALES, Voice

PAGES = Path(__file__).parent / "locale"
"""The catalogues of the pages."""
LANGUAGES = ("en", "fr", "ar")
IN_THEIR_OWN = {"en": "English", "fr": "Français", "ar": "العربية"}
"""Each language as its own readers write it."""


@lru_cache(maxsize=8)
def voice(language: str) -> Voice:
    """The voice of a language, loaded once. Raises LanguageNotSpoken or CatalogueError."""
    return Voice(language, LOCALES, PAGES)
