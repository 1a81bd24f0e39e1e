"""Sentences about people with their names, for the team's own room: what the considerations say by codes, as those speak who know everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from tracktwo.model.finding import Listing, Message, Param, PersonRef
from tracktwo.record.initiative import Initiative
from tracktwo.web.company import members
from tracktwo.web.desk import Desk

P = TypeVar("P", bound=Param)


@dataclass(frozen=True)
class Called:
    """What everybody of an initiative is called: code → name."""

    names: Mapping[str, str]

    @classmethod
    def of(cls, initiative: Initiative) -> Called:
        return cls({member.code: member.person.name for member in initiative.members})

    def name(self, code: str) -> str:
        """The name, or the code of somebody who is not entered any more."""
        return self.names.get(code, code)

    def say(self, param: P) -> P:
        """A parameter in which names stand for codes."""
        if isinstance(param, PersonRef):
            return cast(P, self.name(param.person))
        if isinstance(param, Listing):
            return cast(P, Listing(items=tuple(map(self.say, param.items))))
        if isinstance(param, Message):
            return cast(P, param.model_copy(update={"params": {name: self.say(value) for name, value in param.params.items()}}))
        return param


def my_name(desk: Desk) -> str:
    """How the team knows whoever has the initiative before him."""
    return next((member.name for member in members(desk) if member.me), desk.me)
