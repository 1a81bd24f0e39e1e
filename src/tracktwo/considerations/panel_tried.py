"""A panel tried out: what changes if somebody is pinned, left out or declines, or if seats and quotas are others. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from tracktwo.considerations.inquiry import Basis, Inquiry
from tracktwo.considerations.panel import Proposal, broken_in_words, clash_in_words, counted
from tracktwo.methods.panel.clash import Impossible
from tracktwo.methods.panel.fit import Fit, Ground, Standing, WhyNot, best_fit, standing, why_not
from tracktwo.methods.panel.invitation import Invitation, invitation_order, mend, reserves
from tracktwo.methods.panel.rules import Excluded
from tracktwo.model import brief as b
from tracktwo.model.finding import Message, Param, PersonRef
from tracktwo.record.initiative import Initiative, Member
from tracktwo.sources.shelf import Shelf

Place = Literal["", "on", "reserve", "off"]
"""Where somebody was put: by best fit, on the panel, in reserve, or not considered."""
PLACES: tuple[Place, ...] = ("", "on", "reserve", "off")


@dataclass(frozen=True)
class Trial:
    """What is tried out. Without anything it is what the brief wishes."""

    places: Mapping[str, Place]
    size: int | None = None
    quotas: tuple[b.PanelQuota, ...] | None = None
    declined: frozenset[str] = frozenset()
    """Who has refused, now or before."""
    mending: tuple[str, ...] = ()
    """A settled panel of which as few people as possible are to lose their seat."""

    def of(self, place: Place) -> frozenset[str]:
        return frozenset(code for code, where in self.places.items() if where == place)

    @property
    def changes(self) -> bool:
        """Whether anything is tried at all."""
        return any(self.places.values()) or self.size is not None or self.quotas is not None or bool(self.mending)


UNCHANGED = Trial({})


@dataclass(frozen=True)
class Compared:
    """How two panels stand on one ground: less is better, and `better` is None where they are alike."""

    ground: Ground
    before: Standing
    after: Standing

    @property
    def better(self) -> bool | None:
        return None if self.before.cost == self.after.cost else self.after.cost < self.before.cost


def asked_of(initiative: Initiative, shelf: Shelf, as_of: date) -> Inquiry:
    """The inquiry of a panel. Of all outside data it looks at who may enter where alone, so that a page need not wait for the rest."""
    once = {member.code: member for member in initiative.members}  # two may have put the same person right without knowing of each other
    initiative = replace(initiative, members=tuple(once.values()))
    return Inquiry(initiative, Basis(shelf=entry_rules_alone(shelf), cases=(), methods={}, similar=(), as_of=as_of))


def entry_rules_alone(shelf: Shelf) -> Shelf:
    """A shelf on which nothing stands but countries and passports."""
    return Shelf(shelf.countries, None, shelf.passports, None, ())


class Tried:
    """The panel of a trial, with what a page tells of it."""

    def __init__(self, q: Inquiry, trial: Trial = UNCHANGED) -> None:
        self.trial = trial
        if trial.size is not None or trial.quotas is not None:
            wish = q.initiative.panel or b.PanelWish()
            tried = {"size": trial.size or wish.size, "quotas": wish.quotas if trial.quotas is None else trial.quotas}
            q = replace(q, initiative=replace(q.initiative, panel=wish.model_copy(update=tried)))
        self.q = q
        left_out = trial.of("off") | trial.of("reserve") | trial.declined
        self.proposal = Proposal(q, pinned=trial.of("on"), left_out=left_out)

    @cached_property
    def members(self) -> Mapping[str, Member]:
        """Code → everybody who is invited."""
        return {member.code: member for member in self.proposal.asked}

    @cached_property
    def fit(self) -> Fit | None:
        """The panel; None where nobody can be asked, or the rules conflict."""
        best = self.proposal.fit  # which says as well which rules have to hold
        if not self.trial.mending or self.proposal.size < 2:
            return best
        known = {one.key for one in self.proposal.pool}
        left = [code for code in self.trial.mending if code in known]
        try:
            return mend(self.proposal.pool, self.proposal.rules, self.proposal.fitness, left, gone=frozenset())
        except Impossible:
            return None

    @cached_property
    def conflict(self) -> tuple[Message, ...]:
        """The smallest set of rules that no panel keeps, each with its least relaxation; empty where there is a panel."""
        return tuple(clash_in_words(self.q, clash) for clash in self.proposal.conflict)

    @property
    def people(self) -> tuple[str, ...]:
        return self.fit.people if self.fit else ()

    @cached_property
    def reserves(self) -> tuple[str, ...]:
        """Who is in reserve: who was put there, then whoever covers most seats of the panel."""
        if self.fit is None:
            return ()
        kept = self._kept
        more = max(self.proposal.wish.reserves - len(kept), 0)
        return (*kept, *reserves(self.proposal.pool, self.proposal.rules, self.fit.people, more)[0]) if self.proposal.choice else kept

    @property
    def _kept(self) -> tuple[str, ...]:
        """Who was put in reserve and can be: whoever declined, or is refused by a side, cannot."""
        able = {one.key for one in self.proposal.excluded if one.ground == "other"} - self.trial.declined
        return tuple(sorted(self.trial.of("reserve") & able))

    @cached_property
    def excluded(self) -> tuple[Excluded, ...]:
        """Who is not considered, and why; not those who were put in reserve, who are."""
        kept = self._kept
        return tuple(self._said(one) for one in self.proposal.excluded if one.key not in kept)

    def _said(self, one: Excluded) -> Excluded:
        return replace(one, ground="declined") if one.key in self.trial.declined and one.ground == "other" else one

    @cached_property
    def spare(self) -> tuple[str, ...]:
        """Who could be asked and is neither on the panel nor in reserve."""
        gone = {*self.people, *self.reserves, *(one.key for one in self.excluded)}
        return tuple(code for code in self.members if code not in gone)

    @property
    def not_pinned(self) -> tuple[Excluded, ...]:
        """Who was to be on the panel, and cannot be considered."""
        return tuple(self._said(one) for one in self.proposal.excluded if one.key in self.trial.of("on"))

    @cached_property
    def order(self) -> tuple[Invitation, ...]:
        """In which order to ask the people of the panel."""
        if self.fit is None:
            return ()
        if not self.trial.mending:
            return self.proposal.order
        return invitation_order(self.proposal.pool, self.proposal.rules, self.proposal.fitness, self.fit)

    def breaks(self, one: Invitation) -> tuple[Message, ...]:
        """What the refusal of somebody breaks beside the number of seats, in words."""
        return tuple(broken_in_words(self.q, broken) for broken in one.breaks if broken.rule != "size")

    def broken_by(self, people: Sequence[str]) -> tuple[Message, ...]:
        """What any set of people breaks of the rules of this trial, in words, as far as they can be considered."""
        self.proposal.fit  # noqa: B018  which says as well which rules have to hold
        there = [one for one in self.proposal.pool if one.key in people]
        return tuple(broken_in_words(self.q, broken) for broken in self.proposal.rules.broken_by(there))

    def why(self, code: str) -> WhyNot | None:
        """What would be lost if somebody were on the panel, or were not; None for whoever is not considered."""
        if self.fit is None or code not in {one.key for one in self.proposal.pool}:
            return None
        return why_not(self.proposal.pool, self.proposal.rules, self.proposal.fitness, self.fit, code)

    def forbids(self, code: str) -> tuple[Message, ...]:
        """The rules that no panel keeps with somebody on it, or without him where he is on it, each with its least relaxation."""
        there = frozenset({code})
        try:
            if code in self.people:
                best_fit(self.proposal.pool, self.proposal.rules, self.proposal.fitness, without=there)
            else:
                best_fit(self.proposal.pool, self.proposal.rules, self.proposal.fitness, staying=there)
        except Impossible as impossible:
            return tuple(clash_in_words(self.q, clash) for clash in impossible.conflict)
        return ()

    def what(self, one: Standing) -> tuple[Param, ...]:
        """What a standing names, in words: competences, counts that lean, people."""
        if one.ground == "balance":
            leaning = {quota.value: quota for quota in self.proposal.fitness.balanced}
            return tuple(counted(self.q, leaning[value].where) for value in one.what if value in leaning)
        if one.ground in ("unsure", "newcomers"):
            return tuple(PersonRef(person=code) for code in one.what)
        return one.what

    def standing_of(self, people: Sequence[str]) -> tuple[Standing, ...]:
        """How any set of people stands on every ground of this trial."""
        return standing(self.proposal.pool, self.proposal.fitness, frozenset(people))


def compared(before: Tried, people: Sequence[str], after: Tried) -> Iterator[Compared]:
    """How the panel before and the one that is tried stand on every ground that says something of either."""
    if after.fit is None:
        return
    for then, now in zip(before.standing_of(people), after.standing_of(after.fit.people), strict=True):
        if (then.cost, then.what) != (0, ()) or (now.cost, now.what) != (0, ()):
            yield Compared(then.ground, then, now)
