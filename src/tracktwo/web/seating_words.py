"""What a plan of rooms breaks, what cannot hold together, and why somebody sits where he sits, as sentences of the catalogues with names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracktwo.considerations.inquiry import term
from tracktwo.considerations.rooms import UNSAID, Cause, Infeasible, Violation
from tracktwo.model.finding import LanguageRef, Listing, Message, Param
from tracktwo.record.initiative import Initiative
from tracktwo.web.called import Called

_CODE = "interface.web.seating"


def _msg(code: str, **params: Param) -> Message:
    return Message(code=f"{_CODE}.{code}", params=params)


@dataclass(frozen=True)
class Words:
    """The words for plans of one initiative."""

    initiative: Initiative
    called: Called

    def people(self, codes: Sequence[str]) -> Listing:
        return Listing(items=tuple(map(self.called.name, codes)) or ("–",))

    def broken(self, one: Violation) -> Message:
        """One thing that a plan breaks, with round and room."""
        return _msg("broken-in" if one.room is not None else "broken", round=one.round + 1, what=self._broken(one), **self._room(one.room))

    def _room(self, room: int | None) -> dict[str, Param]:
        return {} if room is None else {"room": room + 1}

    def _broken(self, one: Violation) -> Message:
        people = self.people(one.people)
        if one.rule == "seat":
            return _msg("breaks-no-seat" if not one.found else "breaks-away" if one.found == 1 else "breaks-seats", people=people)
        if one.rule == "size":
            return _msg("breaks-size", found=one.found or 0, low=one.low or 0)
        if one.rule == "acceptance":
            return _msg("breaks-acceptance", helper=self.called.name(one.people[0]), people=self.people(one.people[1:]))
        if one.rule == "quota":
            whom = self.value(one.column or "", one.value or "")
            return _msg("breaks-quota", whom=whom, found=one.found or 0, low=one.low or 0, high=one.high or 0)
        if one.rule == "facilitator" and not one.people:
            return _msg("breaks-nobody-facilitates")
        return _msg(f"breaks-{one.rule}", people=people)

    def value(self, column: str, value: str) -> Param:
        """Whom a column counts."""
        if value == UNSAID:
            return _msg("unsaid", column=_msg(f"by-{column}"))
        if column == "side":
            named = {side.id: side.name for side in self.initiative.sides}
            return " + ".join(named.get(part, part) for part in value.split("+"))
        if column == "gender":
            return term("gender", value)
        if column == "youth":
            return Message(code="panel.youth" if value == "yes" else "panel.no-youth")
        return value

    def conflicts(self, found: Sequence[Infeasible]) -> list[tuple[Message, tuple[Message, ...], Message]]:
        """Why rounds cannot keep every rule: which rounds, the rules that stand against each other, and what follows; alike rounds together."""
        same: dict[tuple[tuple[Cause, ...], bool], list[int]] = {}
        for one in found:
            same.setdefault((one.causes, one.smallest), []).append(one.round + 1)
        return [self._conflict(causes, smallest, numbers) for (causes, smallest), numbers in same.items()]

    def _conflict(self, causes: Sequence[Cause], smallest: bool, numbers: Sequence[int]) -> tuple[Message, tuple[Message, ...], Message]:
        head = _msg("cannot", rounds=Listing(items=tuple(numbers)))
        if not causes:
            return head, (_msg("cause-size"),), _msg("cannot-sizes")
        end = "cannot-perhaps" if not smallest else "cannot-sizes" if len(causes) == 1 else "cannot-any"
        return head, tuple(self._causes(causes)), _msg(end)

    def _causes(self, causes: Sequence[Cause]) -> Iterator[Message]:
        having = [code for cause in causes if cause.rule == "language" for code in cause.people]
        if having:
            yield _msg("cause-language", people=self.people(having))
        for cause in causes:
            if cause.rule == "quota":
                yield _msg("cause-quota", column=_msg(f"by-{cause.column}"))
            elif cause.rule == "pin":
                yield _msg("cause-pin", people=self.people(cause.people), room=(cause.room or 0) + 1)
            elif cause.rule in ("apart", "acceptance"):
                yield _msg(f"cause-{cause.rule}", people=self.people(cause.people))
            elif cause.rule != "language":
                yield _msg(f"cause-{cause.rule}")


def languages(path: Sequence[str]) -> Param:
    """How two understand each other: a language in common, or one each with an interpreter between them."""
    if not path:
        return "–"
    if len(path) == 1:
        return LanguageRef(language=path[0])
    return _msg("by-interpreter", one=LanguageRef(language=path[0]), other=LanguageRef(language=path[1]))
