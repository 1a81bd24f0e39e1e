"""How answers of law read in the terminal: what was found, on what it rests, who is to ask whom by when; never that something may be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from tracktwo.methods.law.answer import Answer, BothWays, Counselled, MatchedRule, Route
from tracktwo.methods.law.deadlines import Task
from tracktwo.methods.law.options import Bar
from tracktwo.model.law import LegalPlan, Outcome, PlannedAct, Rule, Vocabulary

if TYPE_CHECKING:  # the solver takes longer to load than most verbs take to answer
    from tracktwo.methods.law.smallest_change import Advice, Change, Proposal

OUTCOMES: Mapping[Outcome, str] = {
    "prohibited": "prohibited",
    "licence-needed": "barred unless the named authority agrees first",
    "unclear": "unclear: text, cases or practice leave it open, or nobody checked a rule in time",
    "duty": "something must be done: report or notify",
    "permitted-with-conditions": "a bar is lifted by a named text, if every condition is met",
    "exempt": "taken out of a bar by a named text",
    "not-reached": "the rules that were read do not speak of this act; others may",
    "no-rule-found": "no rule found in this base",
}
SECRECY = "This table names who might be prosecuted for what. Keep it as you keep the list of participants."
_FIELDS = {
    "nationality": "citizenship", "lists": "whether on a list (nobody looked)", "seat": "seat", "venue": "venue",
}  # fmt: skip
_LINKS = {
    "nationality": "citizen of", "residence": "resident of", "presence": "acting on the ground of", "seat": "organisation seated in",
    "currency": "paying in", "funding": "money from", "venue": "meeting held in", "transit": "traveller crosses",
    "any-later-in": "whoever is later found in", "any": "every State or person",
}  # fmt: skip
_AIMS = {"list": "on the list", "class": "declared as", "conduct": "declared as", "state": "official of", "territory": "the act is in"}


def plan_lines(plan: LegalPlan, answers: Sequence[BothWays], vocabulary: Vocabulary, not_covered: Iterable[str], today: date) -> Iterator[str]:
    """The legal table of a plan."""
    yield f"{plan.id}: {plan.title} ({plan.date.isoformat()})"
    yield SECRECY
    for number, found in enumerate(answers, 1):
        yield ""
        yield f"{number}. {act_words(found.forward.planned)}: {OUTCOMES[found.forward.effect]}"
        yield from _answer(found.forward, vocabulary, today)
        if found.mirrored is not None:
            mirrored = found.mirrored.planned
            yield f"   The same act by the law that binds {mirrored.by}, towards {mirrored.with_}: {OUTCOMES[found.mirrored.effect]}"
            yield from _answer(found.mirrored, vocabulary, today, unknown=False)
    yield ""
    yield from covered_lines(not_covered)
    yield vocabulary.last_line


def covered_lines(not_covered: Iterable[str]) -> Iterator[str]:
    yield f"This base does not cover: {'; '.join(not_covered)}."


def act_words(planned: PlannedAct) -> str:
    return f"{planned.by}, {planned.act}" if planned.by == planned.with_ else f"{planned.by}, {planned.act}, with {planned.with_}"


def _answer(answer: Answer, vocabulary: Vocabulary, today: date, unknown: bool = True) -> Iterator[str]:
    for found in answer.matched:
        yield from _matched(found, answer, vocabulary, today)
    if answer.on_the_ground:
        yield f"   On the ground of the venue also these, and then: {OUTCOMES[answer.effect_on_the_ground]}"
        for found in answer.here:
            if found.rule.id not in answer.rules:
                yield from _matched(found, answer, vocabulary, today)
    if unknown and answer.unknown:
        yield "   Not said in the plan, so rules that ask for it cannot be found: " + "; ".join(_unknown(field) for field in answer.unknown)


def _unknown(field: str) -> str:
    who, _, what = field.rpartition(".")
    return _FIELDS[what] if who == "setting" else f"{_FIELDS[what]} of {who}"


def _matched(found: MatchedRule, answer: Answer, vocabulary: Vocabulary, today: date) -> Iterator[str]:
    lifted = f"; lifted by {', '.join(found.lifted_by)}" if found.lifted_by else ""
    yield f"   {found.rule.id}: {OUTCOMES[found.effect]}{lifted}"
    if found.stale is not None:
        fell = "; a permission falls to unclear until somebody checks it" if found.effect != found.written else "; it counts until somebody checks it"
        yield f"      {found.stale}{fell}"
    yield f"      {found.rule.explanation}"
    yield f"      {answer.planned.by}: {', '.join(map(_link, found.links))}"
    yield f"      {answer.planned.with_}: {', '.join(_aim(aim, vocabulary) for aim in found.aims)}"
    yield from (f"      {line}" for line in rule_lines(found.rule))
    for route in found.routes if found.asks_something else ():
        yield f"      {_route(route)}"
        if route.task is not None and not found.lifted_by:
            yield f"      {task_words(route.task, today)}"
    yield from (f"      {_counsel(said)}" for said in found.counsel)


def rule_lines(rule: Rule) -> Iterator[str]:
    """Where a rule stands, how old what is known of it is, and what of it nobody verified."""
    term = f", in force {rule.in_force_from or 'since a day not known'} to {rule.in_force_to or 'an open end'}"
    review = f", to be checked again by {rule.review_by.isoformat()}" if rule.review_by else ""
    yield f"Citation: {rule.citation} ({rule.jurisdiction}, as of {rule.as_of.isoformat()}{term}{review})"
    if rule.addressee == "states":
        yield "Binds States: it reaches people through national law."
    for source in rule.source:
        yield f"Source ({source.grade}): {source.title}, {source.address}"
    if rule.confidence == "memory":
        yield "From memory: nobody read a source for it."
    yield from (f"Not verified: {part}" for part in rule.unverified)
    yield from (f"Condition: {condition}" for condition in rule.conditions)


def shown_rule(rule: Rule, vocabulary: Vocabulary) -> Iterator[str]:
    """One rule, whole."""
    yield f"{rule.id}: {rule.title}"
    if rule.status != "in-force":
        yield "A bill: it binds nobody." if rule.status == "bill" else f"Ended on {rule.in_force_to}."
    yield rule.explanation
    yield f"Binds: {', '.join(_link(f'{bind.link}:{bind.code}') for bind in rule.binds)}"
    aims = [f"{target.kind}:{code}" for target in rule.targets for code in ([target.key] if target.key else target.codes or [""])]
    yield f"Aims at: {', '.join(_aim(aim, vocabulary) for aim in aims)}"
    for outcome, words in OUTCOMES.items():
        acts = [said.act for said in rule.acts if said.effect == outcome]
        if acts:
            yield f"{', '.join(acts)}: {words}"
    if rule.overrides:
        yield f"Lifts, while it is live: {', '.join(rule.overrides)}"
    yield from rule_lines(rule)
    yield from (_route(Route(exemption, None)) for exemption in rule.exemptions)


def _link(link: str) -> str:
    name, _, code = link.partition(":")
    words = _LINKS[name]
    return f"{words} {'any country' if code == '*' else code}" if code and name != "any" else words


def _aim(aim: str, vocabulary: Vocabulary) -> str:
    kind, _, code = aim.partition(":")
    if kind == "list" and code in vocabulary.lists:
        return f"on the list {code} ({vocabulary.lists[code].title})"
    words = _AIMS.get(kind) or next(words for known, words in vocabulary.target_kinds.items() if known == kind)
    return f"{words} {'any country' if code == '*' else code}" if code and kind != "any" else words


def _route(route: Route) -> str:
    exemption = route.exemption
    seen = "" if exemption.seen else "; its wording was not seen"
    lead = "no lead time published" if exemption.lead_time_working_days is None else f"{exemption.lead_time_working_days} working days"
    return (
        f"Way out: {exemption.what}. Ground: {exemption.ground}. Decides: {exemption.authority}. Applies: {exemption.who_applies}. "
        f"Lead time: {lead} ({exemption.citation}{seen})"
    )


def task_words(task: Task, today: date) -> str:
    """A task with its owner and its last day."""
    asked = f"Ask {task.authority} for: {task.what} ({task.rule}). Whose task: {task.owner}"
    if task.latest is None:
        return f"{asked}. Latest day: not known, since nobody published how long it takes; ask at once"
    late = ", which has passed" if task.is_late(today) else ""
    return f"{asked}. Latest day: {task.latest.isoformat()}{late} ({task.working_days} working days, holidays of the authority not counted)"


def _counsel(said: Counselled) -> str:
    answer = said.answer
    words = f"Counsel ({answer.by}, {answer.on.isoformat()}{f', {answer.scope}' if answer.scope else ''}): {answer.words}"
    if said.set_aside is not None:
        return f"{words} [does not count here: {said.set_aside}]"
    return f"{words} [counts here as: {OUTCOMES[answer.effect]}]" if answer.effect else words


def advice_lines(plan: LegalPlan, advice: Advice, vocabulary: Vocabulary, not_covered: Iterable[str], today: date) -> Iterator[str]:
    """The proposals for a plan."""
    yield f"{plan.id}: {plan.title} ({plan.date.isoformat()})"
    yield SECRECY
    weight = advice.weight_before
    if not advice.before:
        yield "This base holds no rule that prohibits an act of this plan or asks a licence for it. Other rules may."
    else:
        yield f"As planned, acts prohibited: {weight.prohibited}; acts that need a licence: {weight.licence_needed}."
        yield from (f"   {_bar(bar)}" for bar in advice.before)
    for task in advice.named:
        yield f"A rule that prohibits names a way out; ask counsel whether it reaches this act. {task_words(task, today)}"
    yield from (f"Too late: {task_words(task, today)}" for task in advice.late)
    for number, proposal in enumerate(advice.proposals, 1):
        yield ""
        yield from _proposal(number, proposal, today)
    if advice.before and not advice.proposals:
        yield "No change that is offered removes any of them."
    if advice.immovable:
        yield ""
        yield "No change that is offered removes what bars these acts:"
        yield from (f"   {_bar(bar)}" for bar in advice.immovable)
    yield ""
    yield from covered_lines(not_covered)
    yield vocabulary.last_line


def _proposal(number: int, proposal: Proposal, today: date) -> Iterator[str]:
    yield f"Proposal {number}{', by exemptions alone' if proposal.by_exemptions_alone else ''}: it costs {proposal.cost} points."
    yield from (f"   {change_words(change, today)}" for change in proposal.changes)
    if any(change.kind == "venue" for change in proposal.changes):
        yield "   How people would get there was not read: put it into the plan and ask again."
    yield f"   Bars removed: {len(proposal.removes)}. One that asks for a licence falls only when the licence is granted."
    yield from (f"      {_bar(bar)}" for bar in proposal.removes)
    left = f"acts prohibited: {proposal.weight.prohibited}; acts that need a licence: {proposal.weight.licence_needed}"
    yield f"   Bars that remain: {len(proposal.remains)} ({left})"
    yield from (f"      {_bar(bar)}" for bar in proposal.remains)
    yield f"   {proposal.closing}"


def change_words(change: Change, today: date) -> str:
    """One change in words, with what it costs."""
    cost = f"({change.cost})"
    if change.task is not None and change.application is not None:
        return f"{cost} For {change.application.bound} towards {change.application.other}: {task_words(change.task, today)}"
    if change.kind in ("venue", "date"):
        return f"{cost} Another {change.kind} among those offered: {change.after} in place of {change.before}"
    assert isinstance(change.before, PlannedAct)
    if not isinstance(change.after, PlannedAct):
        return f"{cost} Leave out: {act_words(change.before)}"
    return f"{cost} {act_words(change.after)}, in place of: {act_words(change.before)}"


def _bar(bar: Bar) -> str:
    bound = "" if bar.bound == bar.by else f", binding {bar.bound}"
    return f"{bar.by}, {bar.act}, with {bar.with_}: {bar.rule}{bound} – {OUTCOMES[bar.effect]}"
