"""Verbs on law: what the rules of the base say of planned acts, the smallest change to a plan, and the rules themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracktwo.cli.law_words import advice_lines, covered_lines, plan_lines, shown_rule
from tracktwo.cli.shared import AsJson, BadInput, day_of, out, print_json, remark
from tracktwo.methods.law.answer import Answer, BothWays, MatchedRule, answers_both_ways
from tracktwo.methods.law.base import RuleBase, rule_base
from tracktwo.methods.law.deadlines import Task
from tracktwo.methods.law.options import Bar
from tracktwo.model.law import LegalPlan, PlannedAct
from tracktwo.sources.law import Law, load_law, read_plans, read_rules

if TYPE_CHECKING:  # the solver takes longer to load than every other verb of this group takes to answer
    from tracktwo.methods.law.smallest_change import Advice, Change, Proposal

app = typer.Typer(help="Law on contact with listed parties: it informs and never forbids. This is not advice.", rich_markup_mode=None)

PlanFile = Annotated[Path, typer.Argument(help="Planned meetings as JSON: a list of scenarios, or one.", metavar="SCENARIOS")]
RuleFiles = Annotated[
    list[Path] | None, typer.Option("--rules", help="Your own rules beside ours, one JSON object a line; give it again for several.", metavar="FILE")
]
AskedOn = Annotated[
    str | None, typer.Option("--as-of", help="The day from which exemptions could be asked for; today if left out.", metavar="YYYY-MM-DD")
]


def _base(own: Iterable[Path] | None) -> tuple[Law, RuleBase]:
    law = load_law()
    rules = law.rules
    for path in own or ():
        rules += read_rules(path, law.vocabulary, rules)
    return law, rule_base(rules, law.vocabulary)


def _plans(path: Path, law: Law, base: RuleBase) -> tuple[LegalPlan, ...]:
    read = read_plans(path, law.vocabulary, base.rules.values())
    for sentence in read.remarks:
        remark(sentence)
    return read.plans


@app.command("check")
def law_check(
    scenarios: PlanFile,
    rules: RuleFiles = None,
    as_of: AskedOn = None,
    full: Annotated[
        bool, typer.Option("--full", help="With --json also every matched rule, the other way round, tasks, and what is unknown.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say what the rules of the base say of each planned act: one person, one act, one counterpart, one day; and the other way round.

    With --json a list of scenarios, each with one answer for each line of its plan, in order.
    """
    law, base = _base(rules)
    today = day_of(as_of)
    plans = _plans(scenarios, law, base)
    if as_json:
        print_json([_checked(plan, answers_both_ways(plan, base), full) for plan in plans])
        return
    for number, plan in enumerate(plans):
        if number:
            out.print()
        for line in plan_lines(plan, answers_both_ways(plan, base), law.vocabulary, law.not_covered, today):
            out.print(line, markup=False)


def _checked(plan: LegalPlan, answers: Iterable[BothWays], full: bool) -> dict[str, Any]:
    return {"id": plan.id, "answers": [_both(found) if full else _answer(found.forward) for found in answers]}


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "act": answer.planned.act,
        "effect": answer.effect,
        "rules": list(answer.rules),
        "overridden": list(answer.overridden),
        "duties": list(answer.duties),
        "stale": list(answer.stale),
        "last_line": answer.last_line,
    }


def _both(found: BothWays) -> dict[str, Any]:
    return {**_whole(found.forward), "mirrored": None if found.mirrored is None else _whole(found.mirrored)}


def _whole(answer: Answer) -> dict[str, Any]:
    return {
        **_answer(answer),
        "by": answer.planned.by,
        "with": answer.planned.with_,
        "day": answer.day.isoformat(),
        "effect_in_base": answer.effect_in_base,
        "matched": [_matched(one) for one in answer.matched],
        "on_the_ground": [_matched(one) for one in answer.here if one.rule.id not in answer.rules],
        "effect_on_the_ground": answer.effect_on_the_ground,
        "unknown": list(answer.unknown),
        "tasks": [_task(task) for task in answer.tasks],
    }


def _matched(found: MatchedRule) -> dict[str, Any]:
    return {
        "rule": found.rule.id,
        "effect": found.effect,
        "written": found.written,
        "binds": list(found.links),
        "aims": list(found.aims),
        "stale": found.stale,
        "lifted_by": list(found.lifted_by),
        "explanation": found.rule.explanation,
        "citation": found.rule.citation,
        "source": [source.model_dump() for source in found.rule.source],
        "as_of": found.rule.as_of.isoformat(),
        "review_by": found.rule.review_by.isoformat() if found.rule.review_by else None,
        "confidence": found.rule.confidence,
        "unverified": list(found.rule.unverified),
        "conditions": list(found.rule.conditions),
        "exemptions": [{**route.exemption.model_dump(), "task": _task(route.task) if route.task else None} for route in found.routes],
        "counsel": [{**said.answer.model_dump(mode="json"), "set_aside": said.set_aside} for said in found.counsel],
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "rule": task.rule,
        "what": task.what,
        "authority": task.authority,
        "owner": task.owner,
        "working_days": task.working_days,
        "latest": task.latest.isoformat() if task.latest else None,
    }


@app.command("smallest-change")
def law_smallest_change(scenarios: PlanFile, rules: RuleFiles = None, as_of: AskedOn = None, as_json: AsJson = False) -> None:
    """Find the smallest change to a plan that takes its strictest bars away, exemptions first, with what it costs and what remains.

    A change of payer, currency or route is never proposed.
    """
    from tracktwo.methods.law.smallest_change import smallest_change

    law, base = _base(rules)
    today = day_of(as_of)
    found = [(plan, smallest_change(plan, base, today)) for plan in _plans(scenarios, law, base)]
    if as_json:
        plans = [{"id": plan.id, **_jsonable(advice), "last_line": law.vocabulary.last_line} for plan, advice in found]
        print_json({"format": "law-change/1", "as_of": today.isoformat(), "plans": plans, "not_covered": list(law.not_covered)})
        return
    for number, (plan, advice) in enumerate(found):
        if number:
            out.print()
        for line in advice_lines(plan, advice, law.vocabulary, law.not_covered, today):
            out.print(line, markup=False)


def _jsonable(advice: Advice) -> dict[str, Any]:
    return {
        "prohibited": advice.weight_before.prohibited,
        "licence_needed": advice.weight_before.licence_needed,
        "bars": [_bar(bar) for bar in advice.before],
        "proposals": [_proposal(proposal) for proposal in advice.proposals],
        "stay_barred": [_bar(bar) for bar in advice.immovable],
        "named": [_task(task) for task in advice.named],
        "late": [_task(task) for task in advice.late],
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        "changes": [_change(change) for change in proposal.changes],
        "cost": proposal.cost,
        "by_exemptions_alone": proposal.by_exemptions_alone,
        "prohibited": proposal.weight.prohibited,
        "licence_needed": proposal.weight.licence_needed,
        "removes": [_bar(bar) for bar in proposal.removes],
        "remains": [_bar(bar) for bar in proposal.remains],
        "closing": proposal.closing,
    }


def _change(change: Change) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": change.kind, "cost": change.cost}
    if change.application is not None and change.task is not None:
        return {**found, "task": _task(change.task), "bound": change.application.bound, "other": change.application.other}
    return {**found, "before": _end(change.before), "after": _end(change.after)}


def _end(value: PlannedAct | str | date | None) -> Any:
    if isinstance(value, PlannedAct):
        return {"by": value.by, "act": value.act, "with": value.with_}
    return value.isoformat() if isinstance(value, date) else value


def _bar(bar: Bar) -> dict[str, str]:
    return {"act": bar.act, "by": bar.by, "with": bar.with_, "rule": bar.rule, "effect": bar.effect, "bound": bar.bound}


@app.command("rules")
def law_rules(
    jurisdiction: Annotated[
        str | None, typer.Option("--jurisdiction", help="Only rules of this country (alpha-2), of UN or of EU.", metavar="XX")
    ] = None,
    rules: RuleFiles = None,
    as_json: AsJson = False,
) -> None:
    """List the rules of the base, by their ids, with the day for which each was seen."""
    law, base = _base(rules)
    found = [rule for rule in base.rules.values() if jurisdiction in (None, rule.jurisdiction)]
    if not found:
        known = ", ".join(sorted({rule.jurisdiction for rule in base.rules.values()}))
        raise BadInput(f"--jurisdiction '{jurisdiction}' has no rule in this base; it holds rules of {known}")
    if as_json:
        print_json({"format": "law-rules/1", "rules": [rule.model_dump(mode="json") for rule in found], "not_covered": list(law.not_covered)})
        return
    for rule in found:
        review = f", check again by {rule.review_by.isoformat()}" if rule.review_by else ""
        out.print(f"{rule.id:<22} {rule.title} (as of {rule.as_of.isoformat()}{review})", markup=False)
    for line in (*covered_lines(law.not_covered), law.vocabulary.last_line):
        out.print(line, markup=False)


@app.command("show")
def law_show(
    rule_id: Annotated[str, typer.Argument(help="The id that 'tracktwo law rules' prints.", metavar="RULE")],
    rules: RuleFiles = None,
    as_json: AsJson = False,
) -> None:
    """Show one rule: what it means, whom it binds, at whom it aims, its ways out, its sources, and what of it nobody verified."""
    law, base = _base(rules)
    rule = base.rules.get(rule_id)
    if rule is None:
        raise BadInput(f"there is no rule '{rule_id}'; 'tracktwo law rules' lists them")
    if as_json:
        print_json({"format": "law-rule/1", **rule.model_dump(mode="json"), "last_line": law.vocabulary.last_line})
        return
    for line in (*shown_rule(rule, law.vocabulary), law.vocabulary.last_line):
        out.print(line, markup=False)


@app.command("words")
def law_words(as_json: AsJson = False) -> None:
    """Print the words in which a plan is written: acts, and classes that somebody has to declare."""
    vocabulary = load_law().vocabulary
    if as_json:
        print_json({"format": "law-words/1", "acts": vocabulary.acts, "classes": vocabulary.classes})
        return
    for title, words in (("Acts", vocabulary.acts), ("Classes", vocabulary.classes)):
        out.print(title, markup=False)
        for word, meaning in words.items():
            out.print(f"  {word:<30} {meaning}", markup=False)


@app.command("lists")
def law_lists(as_json: AsJson = False) -> None:
    """Print the lists that rules name, by their keys; your own are written own:name."""
    lists = load_law().vocabulary.lists
    if as_json:
        print_json({"format": "law-lists/1", "lists": {key: row.model_dump(mode="json") for key, row in lists.items()}})
        return
    for key, row in lists.items():
        out.print(f"{key:<24} {row.title}", markup=False)
