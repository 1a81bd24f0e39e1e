"""A programme in the reader's words: why something lies where it lies, why it moved, and what cannot be, with the least that would help."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracktwo.considerations.timetable_planned import Cannot, Cause, Moved, Planned
from tracktwo.model.finding import Listing, Message, Param
from tracktwo.model.schedule import Kept, Schedule
from tracktwo.model.timetable import Conflict, Placed, RuleSaid
from tracktwo.web.called import Called

_HELPS = (
    (r"^leave .* out", "relax-out", ()),
    (r"^open day \d+ from (\d\d:\d\d) to (\d\d:\d\d)", "relax-open", ("first", "last")),
    (r" lie on day (\d+) from (\d\d:\d\d) to (\d\d:\d\d)", "relax-lie", ("day", "first", "last")),
    (r"^give (\d+) minutes of it", "relax-give", ("minutes",)),
    (r"^work (\d+) minutes (?:more|beyond)", "relax-work", ("minutes",)),
    (r"^do with (\d+) fewer", "relax-staff", ("count",)),
)
"""How the solver says what would help, which it says in English → a code of ours and what it measures."""


def said(code: str, **params: Param) -> Message:
    """A message of this page."""
    return Message(code=f"interface.web.planning.{code}", params=params)


def clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


@dataclass(frozen=True)
class Words:
    """The words of one answer: who is called what, and what the items are called."""

    planned: Planned
    called: Called

    @property
    def titles(self) -> dict[str, str]:
        draft = self.planned.draft
        found = {one.id: one.title or one.id for one in draft.sessions} | {own.id: own.title for own in draft.own}
        return found | {f"kept-{place}/{day}": kept.what or "" for place, kept in enumerate(draft.observances, 1) for day in kept.days}

    def people(self, who: Sequence[str]) -> Listing:
        """Sides and people by their names."""
        sides = {side.id: side.name for side in self.planned.draft.q.initiative.sides}
        found: list[Param] = []
        for word in who:
            group, _, name = word.partition(":")
            found.append(said("everybody") if word == "all" else sides.get(name, name) if group == "side" else self.called.name(word))
        return Listing(items=tuple(found))

    # -- why there ----------------------------------------------------------------------------------------------------

    def why(self, item: Placed) -> Iterator[Message]:
        """Which rules and wishes put an item where it lies."""
        trial, spec = self.planned.trial, self.planned.spec
        source = next((one for one in spec.sessions if one.id == item.id), None)
        kept = self._kept_of(item)
        if kept is not None:
            yield said("why-observance", who=self.people(kept.people), first=clock(kept.from_), last=clock(kept.until))
        if item.id.startswith("own-"):
            yield said("why-own")
        if item.id in trial.pins:
            yield said("why-pinned")
        elif source is not None and source.between and not source.stage:
            yield said("why-window", first=clock(source.between.from_), last=clock(source.between.until), day=item.day)
        if source is not None and source.stage:
            yield said("why-stage", stage=self.planned.draft.q.purpose(source.stage))
        if source is not None and source.after:
            yield said("why-after", item=self.titles.get(source.after[-1], source.after[-1]))
        if item.kind == "culture":
            yield said("why-host", host=self.people((f"side:{item.host}",))) if item.host else said("why-nobody-hosts")
        yield from self._avoided(item)
        yield from self._waited(item)
        if item.serving:
            yield said("why-interpreted", who=self.people(item.serving), minutes=trial.interpreting)
        if item.sensitive:
            yield said("why-sensitive-watched" if trial.monitored else "why-sensitive")
        if item.id not in trial.pins and not item.id.startswith("own-"):
            yield said("why-early")

    def _kept_of(self, item: Placed) -> Kept | None:
        name = item.id.partition("/")[0].removeprefix("kept-")
        return self.planned.draft.observances[int(name) - 1] if name.isdecimal() else None

    def _avoided(self, item: Placed) -> Iterator[Message]:
        """Windows of the day that somebody of those who are there keeps whole."""
        spec = self.planned.spec
        for kept in spec.observances:
            mine = kept.minutes is None and (not kept.days or item.day in kept.days) and spec.people_of(kept.people) & set(item.who)
            if mine and kept.what and (kept.keeps_from != "meals" or item.kind == "meal"):
                yield said("why-avoids", what=kept.what, who=self.people(kept.people), first=clock(kept.from_), last=clock(kept.until))

    def _waited(self, item: Placed) -> Iterator[Message]:
        for one in self.planned.trial.late:
            if one.code in item.who and (item.stage or item.kind == "transfer"):
                yield said("why-waits", who=self.called.name(one.code), day=one.day, at=clock(one.at))

    # -- what moved ---------------------------------------------------------------------------------------------------

    def moved(self, one: Moved) -> Message:
        """Why an item is new, gone or elsewhere: the first rule that its old place would break now."""
        trial = self.planned.trial
        if one.before is None:
            return said("moved-new")
        if one.after is None:
            return said("moved-out" if one.item.id in trial.out else "moved-gone")
        for broken in one.broken:
            others = [self.titles.get(name, name) for name in broken.items if name != one.item.id]
            if broken.code in ("two-places", "after", "order", "pause") and others:
                return said(f"moved-{broken.code}", items=Listing(items=tuple(others)))
            if broken.code in ("pinned", "away", "kept", "hours", "between", "days", "load", "watched"):
                return said(f"moved-{broken.code}")
        return said("moved-along")

    # -- what cannot be -----------------------------------------------------------------------------------------------

    def cannot(self, why: Cannot) -> Iterator[Message]:
        """Each rule or wish of the smallest set, with the least that would help."""
        for conflict in why.rules:
            yield from self._rules(conflict, why.spec)
        for cause in why.causes:
            if cause.kind != "sessions":
                yield self._cause(cause)

    def _rules(self, conflict: Conflict, spec: Schedule) -> Iterator[Message]:
        for rule in conflict.rules:
            if rule.code in ("days", "placed") and any(
                other.code not in ("days", "placed") and rule.subject == other.subject for other in conflict.rules
            ):
                continue  # the same item is named by a rule that says more
            helps = self._helps(rule)
            yield said("rule-helped", rule=self._rule(rule, spec), helps=helps) if helps else self._rule(rule, spec)

    def _rule(self, rule: RuleSaid, spec: Schedule) -> Message:
        name = rule.subject[0] if rule.subject else ""
        session = next((one for one in spec.sessions if one.id == name), None)
        item = self.titles.get(name, name)
        if rule.code == "placed" or (rule.code == "days" and session is None):
            return said("rule-placed", item=item)
        if rule.code == "between" and session is not None and session.between:
            return said("rule-between", item=item, first=clock(session.between.from_), last=clock(session.between.until), minutes=session.minutes)
        if rule.code == "pinned" and session is not None:
            return said("rule-pinned", item=item, minutes=session.minutes)
        if rule.code == "hours":
            day = spec.days[int(name) - 1]
            return said("rule-hours", day=int(name), first=clock(day.opens), last=clock(day.closes))
        if rule.code == "kept":
            kept = spec.observances[int(name) - 1]
            return said("rule-kept", what=kept.what or "", who=self.people(kept.people), first=clock(kept.from_), last=clock(kept.until))
        if rule.code == "after":
            return said("rule-after", item=item, other=self.titles.get(rule.subject[1], rule.subject[1]))
        if rule.code in ("days", "staff"):
            return said(f"rule-{rule.code}", item=item)
        if rule.code in ("attends", "pause", "watched", "order"):
            return said(f"rule-{rule.code}")
        if rule.code in ("away", "load", "person-hours"):
            return said(f"rule-{rule.code}", who=self.called.name(name))
        return said("rule-other", rule=rule.sentence)

    def _helps(self, rule: RuleSaid) -> Message | None:
        for pattern, code, names in _HELPS:
            found = re.search(pattern, rule.relaxation or "")
            if found:
                return said(code, **{name: int(value) if value.isdecimal() else value for name, value in zip(names, found.groups(), strict=True)})
        return None

    def _cause(self, cause: Cause) -> Message:
        trial, subject = self.planned.trial, cause.subject
        if cause.kind == "late":
            late = next(one for one in trial.late if one.code == subject)
            return said("cause-late", who=self.called.name(subject), day=late.day, at=clock(late.at))
        if cause.kind == "hours":
            opens, closes = trial.hours[int(subject)]
            return said("rule-hours", day=int(subject), first=clock(opens), last=clock(closes))
        if cause.kind in ("interpreting", "facilitating"):
            return said(f"cause-{cause.kind}", minutes=trial.interpreting if cause.kind == "interpreting" else trial.facilitating)
        if cause.kind in ("pinned", "own"):
            return said(f"cause-{cause.kind}", item=self.titles.get(subject, subject))
        return said("cause-watched")
