"""Feasibility, continued: the smallest change to the plan that takes the strictest bars away, and what it gives up (row B3).

It names people, so all of it leaves with names only. Requests for exemptions stand first; a change of payer, currency or route is never proposed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.considerations.law import Legal, who
from tracktwo.methods.law.deadlines import Task
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import CountryRef, Finding, Listing, Message, Param
from tracktwo.model.law import BARS, PlannedAct

if TYPE_CHECKING:  # the solver takes longer to load than the rest of this takes
    from tracktwo.methods.law.smallest_change import Advice, Change, Proposal

_MOST_STEPS = 1
"""Steps that one sentence can hold; more stand in a table."""


@dataclass(frozen=True)
class Step:
    """Changes of one kind that read as one: what to do, of which acts, who is concerned, with whom, and the points that it costs."""

    kind: str
    what: Param
    by: Param
    with_: Param | None
    cost: int


class Lifted:
    """The proposals for one initiative, worked out once and read by the sentences and the table."""

    def __init__(self, q: Inquiry, legal: Legal) -> None:
        self.q, self.legal = q, legal

    @cached_property
    def advice(self) -> Advice | None:
        """None where nothing is barred."""
        if not any(line.found.effect in BARS for line in self.legal.lines):
            return None
        from tracktwo.methods.law.smallest_change import smallest_change

        return smallest_change(self.legal.plan, self.legal.base, self.q.basis.as_of)

    @cached_property
    def proposals(self) -> tuple[tuple[Proposal, tuple[Step, ...]], ...]:
        """Each proposal with its steps."""
        return tuple((one, tuple(self._steps(one.changes))) for one in (self.advice.proposals if self.advice else ()))

    def findings(self) -> Iterator[Finding]:
        """B3: what each proposal would do, and that none helps where none does."""
        q = self.q
        for proposal, steps in self.proposals:
            yield q.assumed(
                "law.smallest-exemptions" if proposal.by_exemptions_alone else "law.smallest",
                "B3",
                severity="note",
                personal=True,
                changes=listing(map(_in_words, steps)) if len(steps) <= _MOST_STEPS else _counted(steps),
                cost=proposal.cost,
                removed=len(proposal.removes),
                remain=len(proposal.remains),
                closing=term("law", "closing"),
                ask=q.counsel(),
                decision="go-no-go",
            )
        if self.advice and self.advice.before and not self.proposals:
            count, title = len(self.advice.before), self.legal.plan.title
            yield q.unknown("law.no-change-helps", "B3", q.counsel(), "go-no-go", severity="serious", count=count, title=title)

    def exhibits(self) -> Iterator[AnyExhibit]:
        """The steps of a proposal that one sentence cannot hold."""
        nothing = term("list", "nothing")
        for proposal, steps in self.proposals:
            if len(steps) > _MOST_STEPS:
                yield Table(
                    row="B3",
                    title=msg("table.exemptions" if proposal.by_exemptions_alone else "table.smallest"),
                    personal=True,
                    header=tuple(msg(f"column.{name}") for name in ("step", "what-to-do", "who-does", "counterpart", "points")),
                    cells=tuple((term("step", step.kind), step.what, step.by, step.with_ or nothing, step.cost) for step in steps),
                )

    def _steps(self, changes: Sequence[Change]) -> Iterator[Step]:
        """Requests first, the same request for several people once; then what concerns the whole meeting; then acts, put together by person."""
        requests: dict[Task, int] = {}
        for change in changes:
            if change.task is not None:
                requests[change.task] = requests.get(change.task, 0) + change.cost
        for task, cost in requests.items():
            yield Step("exemption", _request(task), task.owner, None, cost)
        by_counterpart: dict[tuple[str, str, str, str], list[Change]] = {}
        for change in changes:
            if isinstance(change.before, PlannedAct):
                after = change.after.by if isinstance(change.after, PlannedAct) else ""
                by_counterpart.setdefault((change.kind, change.before.by, after, change.before.with_), []).append(change)
            elif change.task is None:
                yield Step(change.kind, self._whole(change), self.q.convenor(), None, change.cost)
        by_acts: dict[tuple[str, str, str, tuple[tuple[str, str], ...]], tuple[list[str], int]] = {}
        for (kind, by, after, with_), same in by_counterpart.items():
            key = (kind, by, after, tuple(dict.fromkeys(_acts(change) for change in same)))
            counterparts, cost = by_acts.get(key, ([], 0))
            by_acts[key] = ([*counterparts, with_], cost + sum(change.cost for change in same))
        for (kind, by, after, acts), (counterparts, cost) in by_acts.items():
            doer: Param = who(self.legal, by)
            if after and after != by:
                doer = msg("law.instead", after=who(self.legal, after), before=doer)
            others = listing(who(self.legal, key) for key in counterparts if key != by)
            yield Step(kind, listing(map(_act, acts)), doer, others if others.items else None, cost)

    def _whole(self, change: Change) -> Message:
        if isinstance(change.after, date) and isinstance(change.before, date):
            return msg("law.instead", after=change.after, before=change.before)
        return msg("law.instead", after=self._place(str(change.after)), before=self._place(str(change.before)))

    def _place(self, alpha2: str) -> Param:
        known = next((country for country in self.q.basis.shelf.countries if country.alpha2 == alpha2), None)
        return CountryRef(country=known.alpha3) if known else alpha2


def _request(task: Task) -> Message:
    params: dict[str, Param] = dict(authority=task.authority, rule=task.rule)
    return msg("law.request-undated", **params) if task.latest is None else msg("law.request", on=task.latest, **params)


def _acts(change: Change) -> tuple[str, str]:
    """The act of a change, and what it becomes where it is narrowed."""
    assert isinstance(change.before, PlannedAct)
    return change.before.act, change.after.act if isinstance(change.after, PlannedAct) else change.before.act


def _act(acts: tuple[str, str]) -> Param:
    before, after = (term("law-act", act) for act in acts)
    return before if before == after else msg("law.instead", after=after, before=before)


def _in_words(step: Step) -> Message:
    if step.kind == "exemption":
        return msg("law.step-request", what=step.what, owner=step.by)
    if step.kind in ("venue", "date"):
        return msg("law.step-whole", step=term("step", step.kind), what=step.what)
    if step.with_ is None:
        return msg("law.step-alone", step=term("step", step.kind), acts=step.what, by=step.by)
    return msg("law.step", step=term("step", step.kind), acts=step.what, by=step.by, partner=step.with_)


def _counted(steps: Sequence[Step]) -> Listing:
    """How many steps of each kind, for the table holds them."""
    kinds = dict.fromkeys(step.kind for step in steps)
    return listing(msg("law.steps", step=term("step", kind), count=sum(step.kind == kind for step in steps)) for kind in kinds)
