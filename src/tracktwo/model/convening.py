"""The nouns of a panel: how many sit on it, which balance it keeps, who may not sit together, who has to be there."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tracktwo.model.base import SideId, Stated, Text
from tracktwo.model.vocabulary import Gender


class PanelQuota(Stated):
    """How many of the panel are all of what is filled in: women, women of one side, young people from a region …"""

    side: SideId | None = None
    gender: Gender | None = None
    youth: bool | None = None
    region: Text | None = None
    group: Text | None = None
    """What the person chose to be counted as: displaced, minority, victim, elder …"""
    expertise: Text | None = None
    language: Text | None = None
    """A language in which the person can follow a meeting, as a tag such as fr."""
    min: Annotated[int, Field(ge=0, le=200)] = 0
    max: Annotated[int, Field(ge=0, le=200)] | None = None

    @model_validator(mode="after")
    def _counts_somebody(self) -> PanelQuota:
        if not self.counted:
            raise PydanticCustomError("quota", "says of nobody whom it counts; fill in side, gender, youth, region, group, expertise or language")
        if self.max is not None and self.max < self.min:
            raise PydanticCustomError("quota", "runs from {min} to {max}; exchange them", {"min": self.min, "max": self.max})
        return self

    @property
    def counted(self) -> tuple[tuple[str, str], ...]:
        """(attribute, value) of all that is filled in."""
        said = {name: getattr(self, name) for name in ATTRIBUTES}
        return tuple((name, "yes" if value is True else "no" if value is False else str(value)) for name, value in said.items() if value is not None)


ATTRIBUTES = ("side", "gender", "youth", "region", "group", "expertise", "language")
"""What a quota can count by."""


class NoContact(Stated):
    """Two people who may not sit on one panel or in one room. Why is for the team alone."""

    one: Text
    other: Text
    why: Text | None = None

    @model_validator(mode="after")
    def _of_two(self) -> NoContact:
        if self.one.casefold() == self.other.casefold():
            raise PydanticCustomError("apart", "keeps '{name}' apart from himself; name two people", {"name": self.one})
        return self


class PanelWish(Stated):
    """The panel that the convenor would like: chosen by best fit, with an order of invitations. People are named as under `invited`."""

    size: Annotated[int, Field(ge=2, le=200)] | None = None
    reserves: Annotated[int, Field(ge=0, le=50)] = 2
    quotas: tuple[PanelQuota, ...] = ()
    apart: tuple[NoContact, ...] = ()
    must: tuple[Text, ...] = ()
    one_of_each: tuple[Literal["affiliation", "household"], ...] = ()
    """Of one organisation, or of one household, at most one person."""
    competences: tuple[Text, ...] = ()
    """Expertise that somebody of the panel should bring."""
