"""The verb that draws or chooses a panel: a certified lottery, or the best fit with an order of invitations; and why rules cannot be kept."""

from __future__ import annotations

import time
from collections.abc import Sequence, Set
from pathlib import Path
from typing import Annotated, Any, get_args

import typer
from rich.table import Table as Printed

from tracktwo.cli.shared import AsJson, BadInput, err, out, print_json, print_table
from tracktwo.methods.panel.clash import Impossible
from tracktwo.methods.panel.lottery import Fairness, Lottery, commitment, fair_lottery
from tracktwo.methods.panel.rules import AtMostOne, Candidate, Excluded, Exclusion, Quota, Rules, pairs_as_rules
from tracktwo.sources.pool import Pool, QuotaRow, read_left_out, read_pairs, read_pool, read_quotas

People = Annotated[
    Path, typer.Argument(help="The people, CSV or XLSX: a column for each attribute, and if there is one 'id'.", metavar="RESPONDENTS")
]
Quotas = Annotated[Path, typer.Argument(help="The quotas: category, feature, min, max; or feature, value, min, max.", metavar="CATEGORIES")]

_NOTHING = 1e-12
"""A dual below this is none."""


def panel(
    people: People,
    quotas: Quotas,
    size: Annotated[int, typer.Option("--size", help="How many people sit on the panel.", min=1, max=5000)],
    fairness: Annotated[Fairness, typer.Option("--fairness", help="What the lottery makes as fair as can be.")] = "leximin",
    apart: Annotated[Path | None, typer.Option("--apart", help="Pairs who may not sit together: columns a and b.", metavar="PAIRS")] = None,
    one_of: Annotated[
        list[str] | None,
        typer.Option("--one-of", help="A column such as household: at most one of each value. Again for several.", metavar="COLUMN"),
    ] = None,
    must: Annotated[list[str] | None, typer.Option("--must", help="Somebody who sits on it in any case. Again for several.", metavar="ID")] = None,
    left_out: Annotated[
        Path | None, typer.Option("--left-out", help="Who is left out, and why: columns id, ground and reason.", metavar="FILE")
    ] = None,
    before: Annotated[
        list[str] | None, typer.Option("--before", help="Somebody of an earlier panel, which is to change as little as possible.", metavar="ID")
    ] = None,
    spare: Annotated[int, typer.Option("--reserves", help="How many reserves to name for the panel that was drawn.", min=0, max=200)] = 0,
    seed: Annotated[str, typer.Option("--seed", help="The seed of the draw: any text, such as the numbers of a public lottery.")] = "0",
    nonce: Annotated[
        str | None, typer.Option("--nonce", help="A secret of at least 22 characters: prints a commitment to the pool, to publish before the seed.")
    ] = None,
    seconds: Annotated[float, typer.Option("--seconds", help="After how long to stop with what was found.", min=0.1, max=86400)] = 600.0,
    as_json: AsJson = False,
) -> None:
    """Draw a panel under quotas by the fairest lottery there is, with its proof; or say which rules cannot be kept together, and what would help.

    Publish the seed and the commitment, never the pool: the lottery that this prints names people, and stays with the team.
    """
    if nonce is not None and len(nonce) < 22:
        raise BadInput("--nonce should have at least 22 characters drawn at random, or the pool could be tried out")
    pool = read_pool(people)
    excluded = _left_out(pool, left_out)
    candidates, rules = _asked(pool, read_quotas(quotas, pool), size, apart, one_of, must, excluded)
    began = time.monotonic()
    try:
        if before:
            _redrawn(pool, candidates, rules, before, spare, excluded, as_json)
            return
        with err.status("drawing up the lottery …"):
            lottery = fair_lottery(candidates, rules, fairness, stop=lambda: time.monotonic() - began > seconds)
    except ValueError as error:
        raise BadInput(str(error)) from error
    except Impossible as impossible:
        _impossible(impossible, size, excluded, as_json)
        return
    drawn = lottery.draw(seed)
    spares, uncovered = _reserves(candidates, rules, drawn, spare)
    found = {
        **_json(lottery, size, drawn),
        "seed": seed,
        "commitment": commitment(candidates, rules, nonce) if nonce else None,
        "reserves": list(spares),
        "without_reserve": list(uncovered),
        "left_out": _reasons(excluded),
    }
    if as_json:
        print_json(found)
    else:
        _print(lottery, found)


def _left_out(pool: Pool, path: Path | None) -> tuple[Excluded, ...]:
    if path is None:
        return ()
    grounds = get_args(Exclusion)
    return tuple(Excluded(key, ground, why) for key, ground, why in read_left_out(path, [one.id for one in pool.people], grounds))  # type: ignore[arg-type]


def _asked(
    pool: Pool,
    quotas: Sequence[QuotaRow],
    size: int,
    apart: Path | None,
    one_of: Sequence[str] | None,
    must: Sequence[str] | None,
    excluded: Sequence[Excluded],
) -> tuple[tuple[Candidate, ...], Rules]:
    """The people who can be drawn, and the rules as far as they speak of them."""
    gone = {one.key: one for one in excluded}
    candidates = candidates_of(pool, gone.keys(), quotas)
    here = {one.key for one in candidates}
    for person in must or ():
        if person not in here:
            why = f"is left out ({gone[person].reason})" if person in gone else f"stands not among the people of {pool.name}"
            raise BadInput(f"--must names '{person}', who {why}")
    pairs = read_pairs(apart, [one.id for one in pool.people]) if apart else ()
    groups = list(pairs_as_rules((a, b) for a, b, _ in pairs if a in here and b in here))
    for column in one_of or ():
        name = column.casefold().strip()
        if name not in pool.columns:
            raise BadInput(f"--one-of names '{column}', which is no column of {pool.name} (columns: {', '.join(filter(None, pool.columns))})")
        for value in sorted(pool.values(name)):
            same = frozenset(one.id for one in pool.people if one.id in here and value in one.cells.get(name, ()))
            if len(same) > 1:
                groups.append(AtMostOne(same, f"one {name}"))
    return candidates, Rules(size, quotas_of(quotas), tuple(groups), frozenset(must or ()))


def candidates_of(pool: Pool, gone: Set[str], quotas: Sequence[QuotaRow]) -> tuple[Candidate, ...]:
    """The people of a pool but those who are gone; attributes and values are spelt in every way in which a quota spells them, whatever the case."""
    spelt: dict[tuple[str, str], dict[str, set[str]]] = {}
    for attribute, value in (pair for row in quotas for pair in row.where):
        spelt.setdefault((attribute.casefold(), value.casefold()), {}).setdefault(attribute, set()).add(value)
    people = []
    for one in pool.people:
        found: dict[str, set[str]] = {column: set(values) for column, values in one.cells.items()}
        for column, values in one.cells.items():
            for value in values:
                for attribute, ways in spelt.get((column, value), {}).items():
                    found.setdefault(attribute, set()).update(ways)
        people.append(Candidate(one.id, {attribute: frozenset(values) for attribute, values in found.items()}))
    return tuple(person for person in people if person.key not in gone)


def quotas_of(rows: Sequence[QuotaRow]) -> tuple[Quota, ...]:
    """The quotas of a table, as it spells them."""
    return tuple(Quota(row.where, row.minimum, row.maximum) for row in rows)


def _reserves(candidates: Sequence[Candidate], rules: Rules, people: Sequence[str], count: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not count:
        return (), ()
    from tracktwo.methods.panel.invitation import reserves  # SciPy takes a moment to load, which a lottery does not need

    return reserves(candidates, rules, people, count)


def _json(lottery: Lottery, size: int, drawn: Sequence[str]) -> dict[str, Any]:
    certificate = lottery.certificate
    labels = lottery.kinds.labels
    return {
        "format": "panel/1",
        "status": "optimal" if certificate.holds else "timeout",
        "fairness": lottery.fairness,
        "size": size,
        "min_probability": lottery.min_probability,
        "gini": lottery.gini,
        "probabilities": dict(lottery.probabilities),
        "lottery": [{"ids": list(ticket.people), "p": ticket.chance} for ticket in lottery.tickets],
        "draw": list(drawn),
        "certificate": {
            "levels": [
                {"probability": level.probability, "people": sum(len(lottery.kinds.members[kind]) for kind in level.kinds)}
                for level in certificate.levels
            ],
            "duals": [
                {
                    "people": {
                        key: float(weight)
                        for members, weight in zip(lottery.kinds.members, level.weights, strict=True)
                        for key in members
                        if weight > _NOTHING
                    },
                    "rules": None
                    if level.prices is None
                    else [{**_rule(label), "dual": float(price)} for label, price in zip(labels, level.prices, strict=True) if abs(price) > _NOTHING],
                }
                for level in certificate.levels
            ],
            "max_shortfall": certificate.max_shortfall,
            "welfare_gap": certificate.welfare_gap,
        },
        "conflict": [],
    }


def _rule(label: Quota | AtMostOne | None) -> dict[str, str]:
    if label is None:
        return {"category": "size", "value": ""}
    if isinstance(label, AtMostOne):
        return {"category": label.why, "value": " and ".join(sorted(label.people))}
    return {"category": label.category, "value": label.value}


def _reasons(excluded: Sequence[Excluded]) -> list[dict[str, str]]:
    return [{"id": one.key, "ground": one.ground, "reason": one.reason} for one in excluded]


def _impossible(impossible: Impossible, size: int, excluded: Sequence[Excluded], as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "format": "panel/1", "status": "infeasible", "size": size, "min_probability": None, "gini": None, "probabilities": {}, "lottery": [],
                "draw": [], "certificate": {"levels": [], "duals": [], "max_shortfall": None},
                "conflict": [
                    {
                        "category": clash.category, "value": clash.value, "bound": clash.bound, "is": clash.now, "relax_to": clash.relax_to,
                        "in_smallest_set": clash.in_conflict, "sentence": clash.sentence,
                    }
                    for clash in impossible.conflict
                ],
                "left_out": _reasons(excluded),
            }
        )  # fmt: skip
        return
    out.print("No panel keeps these rules together:", markup=False)
    for clash in impossible.conflict:
        out.print(f"- {clash.sentence}{'' if clash.in_conflict else ' (it has to give way as well)'}", markup=False)


def _redrawn(
    pool: Pool, candidates: Sequence[Candidate], rules: Rules, before: Sequence[str], spare: int, excluded: Sequence[Excluded], as_json: bool
) -> None:
    """Mend an earlier panel with as few changes as possible."""
    known = {one.id for one in pool.people}
    for person in before:
        if person not in known:
            raise BadInput(f"--before names '{person}', who stands not among the people of {pool.name}")
    from tracktwo.methods.panel.fit import Fitness  # SciPy takes a moment to load, which a lottery does not need
    from tracktwo.methods.panel.invitation import mend

    here = {one.key for one in candidates}
    mended = mend(candidates, rules, Fitness(), before, gone=set(before) - here)
    joined, left = sorted(set(mended.people) - set(before)), sorted(set(before) - set(mended.people))
    spares, uncovered = _reserves(candidates, rules, mended.people, spare)
    if as_json:
        print_json(
            {
                "format": "panel/1", "status": "optimal", "size": rules.size, "draw": list(mended.people), "joined": joined, "left": left,
                "reserves": list(spares), "without_reserve": list(uncovered), "left_out": _reasons(excluded), "conflict": [],
            }
        )  # fmt: skip
        return
    out.print(f"{len(before) - len(left)} of {len(before)} keep their seats; no panel that keeps the rules changes fewer.", markup=False)
    for word, names in (("Leave", left), ("Join", joined), ("Reserves", spares)):
        if names:
            out.print(f"{word}: {', '.join(names)}", markup=False)


def _print(lottery: Lottery, found: dict[str, Any]) -> None:
    certificate = lottery.certificate
    table = Printed("People", "Chance of each, at least", box=None, pad_edge=False)
    for level in found["certificate"]["levels"]:
        table.add_row(str(level["people"]), f"{level['probability']:.4%}")
    if lottery.fairness == "leximin":
        print_table(table)
    proof = (
        f"proven to {max(certificate.max_shortfall, 1e-9):.0e}"
        if certificate.holds
        else f"stopped {certificate.max_shortfall:.1e} short of the bound"
    )
    out.print(
        f"A {lottery.fairness} lottery over {len(lottery.tickets)} panels for {len(lottery.probabilities)} people: everybody has a chance of at least"
        f" {lottery.min_probability:.4%}, Gini {lottery.gini:.4f}; {proof}.",
        markup=False,
    )
    out.print(f"Seed '{found['seed']}' draws: {', '.join(found['draw'])}", markup=False)
    if found["reserves"]:
        out.print(f"Reserves: {', '.join(found['reserves'])}", markup=False)
    if found["without_reserve"]:
        out.print(f"Nobody of them could step in for: {', '.join(found['without_reserve'])}", markup=False)
    if found["commitment"]:
        out.print(f"Commitment to the pool: {found['commitment']}", markup=False)
    for one in found["left_out"]:
        out.print(f"Left out: {one['id']} ({one['ground']}: {one['reason']})", markup=False)
