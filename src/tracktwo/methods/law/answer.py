"""What the rules of the base say of one planned act on one day, with everything on which the answer rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracktwo.methods.law.base import Facts, Reading, RuleBase, aimed_at, binding
from tracktwo.methods.law.deadlines import Task, task_of
from tracktwo.model.law import (
    EFFECTS,
    NO_RULE,
    PERMISSIONS,
    CounselAnswer,
    Effect,
    Exemption,
    LawActor,
    LegalPlan,
    Outcome,
    PlannedAct,
    Rule,
    Setting,
)

TRAVEL = "travel-of-listed-person"
AT_THE_MEETING = frozenset({
    "meet", "convene-meeting", "give-platform", "attend-event", "facilitate", "interpret", "train", "expert-advice", "host-venue", "provide-meals",
    "provide-lodging", "pay-per-diem", "pay-honorarium", "give-goods", "sign-joint-document",
})  # fmt: skip
"""Acts that are done where the meeting is: whoever does them stands on the ground of the venue."""
OF_ONE_SIDE = frozenset({
    "travel-of-listed-person", "entry-of-participant", "travel-to-area", "publish-supportive-statement", "profess-membership",
    "provide-information-abroad", "report-suspicion", "humanitarian-assistance",
})  # fmt: skip
"""Acts in which the other side does nothing, so that there is no second way to ask."""
_RANK = {effect: rank for rank, effect in enumerate((*EFFECTS, NO_RULE))}


@dataclass(frozen=True)
class Route:
    """A way out that a rule names, and the task that it means; None where nobody can apply beforehand."""

    exemption: Exemption
    task: Task | None


@dataclass(frozen=True)
class Counselled:
    """An answer of counsel beside a rule that it names, and why it does not count here; None where it counts."""

    answer: CounselAnswer
    set_aside: str | None


@dataclass(frozen=True)
class MatchedRule:
    """A rule that reaches one who acts, aims at the other side, and speaks of the act."""

    rule: Rule
    effect: Effect
    """On this day: a permission that nobody checked in time is unclear."""
    written: Effect
    """As the rule has it."""
    links: tuple[str, ...]
    """How it binds, such as `nationality:GB`."""
    aims: tuple[str, ...]
    """How it aims at the other side, such as `list:UN-SC1988`."""
    unchecked_since: date | None
    """The end of its term or its review day, where the day of the act lies after it."""
    routes: tuple[Route, ...]
    lifted_by: tuple[str, ...] = ()
    """Live permissions that name it."""
    counsel: tuple[Counselled, ...] = ()

    @property
    def stale(self) -> str | None:
        """The warning, where nobody checked the rule for the day of the act."""
        return None if self.unchecked_since is None else f"{self.rule.id} not checked after {self.unchecked_since.isoformat()}"

    @property
    def counts_as(self) -> Effect:
        """What it counts as after counsel; as the rules have it where counsel said nothing."""
        said = [found.answer.effect for found in self.counsel if found.set_aside is None and found.answer.effect is not None]
        return min(said, key=_RANK.__getitem__) if said else self.effect

    @property
    def asks_something(self) -> bool:
        """False where the rule leaves the act out, so that nobody need apply for anything."""
        return self.counts_as not in ("exempt", "not-reached")

    @property
    def task(self) -> Task | None:
        """The first task among its routes."""
        return next((route.task for route in self.routes if route.task is not None), None)


@dataclass(frozen=True)
class Answer:
    """What the base says of one act by one actor with one counterpart on one day. It never says that something may be done."""

    planned: PlannedAct
    day: date
    matched: tuple[MatchedRule, ...]
    """By id."""
    on_the_ground: tuple[MatchedRule, ...]
    """Further rules that would reach the actor as one who stands on the ground of the venue, which the plan does not say of him."""
    unknown: tuple[str, ...]
    """What the plan does not say and rules ask, by field."""
    last_line: str

    @property
    def effect(self) -> Outcome:
        """The strictest that is left, counsel's answers counted."""
        return strictest(found.counts_as for found in self.matched if not found.lifted_by)

    @property
    def effect_in_base(self) -> Outcome:
        """The strictest that is left by the rules alone."""
        return strictest(found.effect for found in self.matched if not found.lifted_by)

    @property
    def effect_on_the_ground(self) -> Outcome:
        """The strictest that is left for one who stands on the ground of the venue."""
        return strictest(found.counts_as for found in self.here if not found.lifted_by)

    @property
    def here(self) -> tuple[MatchedRule, ...]:
        """All rules for one who stands on the ground of the venue, with what lifts them there."""
        return _lifted([*self.matched, *self.on_the_ground]) if self.on_the_ground else self.matched

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(found.rule.id for found in self.matched)

    @property
    def overridden(self) -> tuple[str, ...]:
        return tuple(found.rule.id for found in self.matched if found.lifted_by)

    @property
    def duties(self) -> tuple[str, ...]:
        return tuple(found.rule.id for found in self.matched if found.effect == "duty")

    @property
    def stale(self) -> tuple[str, ...]:
        return tuple(sorted(found.stale for found in self.matched if found.stale is not None))

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Of every rule that still stands in the way."""
        return tuple(
            found.task for found in self.matched if found.task and not found.lifted_by and found.counts_as in ("prohibited", "licence-needed")
        )


@dataclass(frozen=True)
class BothWays:
    """The answer for the one who acts, and for the other side by its own laws; None where the other side does nothing."""

    forward: Answer
    mirrored: Answer | None

    @property
    def effect(self) -> Outcome:
        """The stricter of both."""
        return strictest(answer.effect for answer in (self.forward, self.mirrored) if answer is not None)


def strictest(effects: Iterable[Outcome]) -> Outcome:
    """Return the strictest of effects; no-rule-found where there is none."""
    return min(effects, key=_RANK.__getitem__, default=NO_RULE)


def answer(
    planned: PlannedAct,
    actors: Mapping[str, LawActor],
    setting: Setting,
    day: date,
    base: RuleBase,
    *,
    counsel: Sequence[CounselAnswer] = (),
    initiative: str = "",
) -> Answer:
    """Read every rule of the base for one planned act.

    `actors` holds at least the two whom the act names; answers of counsel count where they were given for `initiative`. Raises KeyError for an
    actor who is not there. Source: the order of steps of the data set's README, bound – aimed – dated – stale – lifted – strictest.
    Complexity: linear in the rules that speak of the act.
    """
    actor, other = actors[planned.by], actors[planned.with_]
    facts, aims = binding(actor, setting), aimed_at(other, setting)
    asked = [said for said in counsel if planned.act in said.acts or not said.acts]
    asked = [said for said in asked if said.person in (None, planned.by) and said.counterpart in (None, planned.with_)]
    found, ground = [], []
    standing = _ground(planned, actor, setting)
    for reading in base.by_act.get(planned.act, ()):
        if _is_over(reading.rule, day) or _own_national(reading.rule, planned, other, setting):
            continue
        aimed = reading.aims(aims)
        if not aimed:
            continue
        if links := reading.links(facts):
            found.append(_matched(reading, links, aimed, planned.act, day, asked, initiative))
        elif standing and (links := reading.links(standing)):
            ground.append(_matched(reading, links, aimed, planned.act, day, asked, initiative))
    return Answer(planned, day, _lifted(found), tuple(ground), tuple(_unknown(actor, other, setting)), base.vocabulary.last_line)


def answers_both_ways(plan: LegalPlan, base: RuleBase) -> tuple[BothWays, ...]:
    """Answer every act of a plan for the one who acts and for the other side, who is bound by its own laws and may find the convenor listed."""
    actors = {actor.id: actor for actor in plan.actors}

    def asked(planned: PlannedAct) -> Answer:
        return answer(planned, actors, plan.setting, plan.date, base, counsel=plan.counsel, initiative=plan.id)

    return tuple(BothWays(asked(planned), asked(mirror(planned)) if has_two_ways(planned) else None) for planned in plan.plan)


def has_two_ways(planned: PlannedAct) -> bool:
    """True where the other side takes part in the act."""
    return planned.by != planned.with_ and planned.act not in OF_ONE_SIDE


def mirror(planned: PlannedAct) -> PlannedAct:
    """The same act asked of the other side."""
    return planned.model_copy(update={"by": planned.with_, "with_": planned.by})


def _is_over(rule: Rule, day: date) -> bool:
    """True where the rule has not begun, or ended for good."""
    if rule.in_force_from is not None and day < rule.in_force_from:
        return True
    return rule.in_force_to is not None and day > rule.in_force_to and not rule.renewable


def _own_national(rule: Rule, planned: PlannedAct, traveller: LawActor, setting: Setting) -> bool:
    """True where a travel ban leaves a State to let in its own national, who crosses no other State on the way."""
    return rule.unless_national_of_venue and planned.act == TRAVEL and not setting.transit and setting.venue in traveller.nationality


def _ground(planned: PlannedAct, actor: LawActor, setting: Setting) -> Facts | None:
    if planned.act not in AT_THE_MEETING or setting.venue is None or setting.venue == actor.present_in:
        return None
    return {"presence": frozenset((setting.venue,))}


def _matched(
    reading: Reading, links: tuple[str, ...], aims: tuple[str, ...], act: str, day: date, asked: Sequence[CounselAnswer], initiative: str
) -> MatchedRule:
    rule = reading.rule
    since = None
    if rule.in_force_to is not None and day > rule.in_force_to:
        since = rule.in_force_to
    elif rule.review_by is not None and day > rule.review_by:
        since = rule.review_by
    effect: Effect = "unclear" if since is not None and reading.effect in PERMISSIONS else reading.effect
    routes = tuple(Route(exemption, task_of(rule, exemption, act, day)) for exemption in rule.exemptions)
    said = tuple(Counselled(one, _set_aside(one, rule, day, initiative)) for one in asked if rule.id in one.rules)
    return MatchedRule(rule, effect, reading.effect, links, aims, since, routes, counsel=said)


def _set_aside(said: CounselAnswer, rule: Rule, day: date, initiative: str) -> str | None:
    """Why an answer of counsel does not count here."""
    if said.initiative != initiative:
        return f"given for another initiative, {said.initiative}"
    if said.until is not None and day > said.until:
        return f"holds until {said.until.isoformat()}"
    if rule.as_of > said.on:
        return f"older than what is known of the rule, which is of {rule.as_of.isoformat()}"
    return None


def _lifted(found: Sequence[MatchedRule]) -> tuple[MatchedRule, ...]:
    """The rules by id, each with the live permissions that name it: one that nobody checked in time is none any more.

    Counsel can shut a permission, and never opens one for other rules.
    """
    lifting: dict[str, list[str]] = {}
    for one in found:
        if one.effect in PERMISSIONS and one.counts_as in PERMISSIONS:
            for lifted in one.rule.overrides:
                lifting.setdefault(lifted, []).append(one.rule.id)
    marked = (replace(one, lifted_by=tuple(sorted(lifting.get(one.rule.id, ())))) if lifting or one.lifted_by else one for one in found)
    return tuple(sorted(marked, key=lambda one: one.rule.id))


def _unknown(actor: LawActor, other: LawActor, setting: Setting) -> Iterator[str]:
    """Fields that rules ask for and the plan leaves open."""
    for who in dict.fromkeys((actor.id, other.id)):
        one = actor if who == actor.id else other
        if one.kind == "organisation":
            if one.seat is None:
                yield f"{who}.seat"
        elif one.kind == "person" and (not one.nationality or "XX" in one.nationality):
            yield f"{who}.nationality"
        if one.lists is None:
            yield f"{who}.lists"
    if setting.venue is None:
        yield "setting.venue"
