"""In which words a reader is shown what others wrote: in his own language where there is a translation, and how far that can be trusted."""

from __future__ import annotations

from dataclasses import dataclass

from tracktwo.record.statements import Put
from tracktwo.web.desk import Desk

TONGUES = (("en", "English"), ("fr", "Français"), ("ar", "العربية"))
"""The languages in which the house speaks, each as its own readers write it."""


@dataclass(frozen=True)
class Shown:
    """A statement as one reader sees it."""

    put: Put
    text: str
    language: str
    status: str
    """'' for the words as they were written, else what is known of the translation: machine, pasted, checked."""
    checked_by_side: str | None
    original: str
    """The words as they were written, where these are not they."""

    @property
    def id(self) -> str:
        return self.put.id


def shown(put: Put, language: str) -> Shown:
    """A statement in a language, or as it was written where nobody has translated it."""
    found = put.in_language(language)
    if found is None:
        return Shown(put, put.body.text, put.body.language, "", None, "")
    return Shown(put, found.text, found.language, found.status, found.checked_by_side, put.body.text)


def sides_of(desk: Desk) -> dict[str, str]:
    """Side → its name, as far as the keys open it."""
    return {side.id: side.name for side in desk.initiative.sides}
