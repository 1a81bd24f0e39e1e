"""What `programme --arc` prints: the rounds over the months, and, where money is lost, the arc before and after."""

from __future__ import annotations

from rich.table import Table

from tracktwo.cli.shared import BadInput, out, print_json, print_table
from tracktwo.methods.arc_funding import plan_funded_arc, stated, without_round
from tracktwo.model.rounds import ArcPlanned
from tracktwo.model.schedule import Schedule


def print_arc(spec: Schedule, name: str, lost: tuple[str, ...], lost_round: int | None, *, seed: int, seconds: float, as_json: bool) -> None:
    """Plan the arc, and plan it again without what is lost. Raises BadInput."""
    wish = spec.arc
    if wish is None:
        raise BadInput(f"{name} has no arc; add 'arc:' with first, last, rounds, venues and budget")
    donors = stated(wish.budget)
    for donor in lost:
        if donor not in donors:
            raise BadInput(f"--lost '{donor}' is no donor of {name}; there are: {', '.join(donors[:12]) or 'none'}")
    before = plan_funded_arc(wish, seed=seed, seconds=seconds)
    after = None
    if lost_round is not None and all(one.number != lost_round for one in before.rounds):
        raise BadInput(f"--lost-round {lost_round}: the arc has {len(before.rounds)} rounds")
    if lost or lost_round is not None:
        left = wish if lost_round is None else without_round(wish, before, lost_round)
        after = plan_funded_arc(left, before=before, lost=lost, seed=seed, seconds=seconds)
    if as_json:
        told = {"format": "arc/1", "title": spec.title, "fictional": spec.fictional, "seed": seed, "arc": before.model_dump(mode="json")}
        print_json(told | ({"after": after.model_dump(mode="json")} if after is not None else {}))
        return
    out.print(f"{spec.title}{' (fictional)' if spec.fictional else ''}", markup=False)
    _print(before, "The arc" if after is None else "Before")
    if after is not None:
        _print(after, "After")


def _print(planned: ArcPlanned, heading: str) -> None:
    proven = "proven" if planned.status == "optimal" else "not proven in time"
    out.print(f"\n{heading}: {len(planned.rounds)} of {planned.wanted} rounds ({proven})", markup=False)
    table = Table("Round", "Month", "Venue", "Purpose", "Cost", "Keep", "New", "Officials briefed by", "Firm money left", box=None, pad_edge=False)
    left = {row.month: row.firm for row in planned.months}
    for one in planned.rounds:
        money = f"{left[one.month]:,.0f} {planned.currency}"
        purpose = one.purpose.replace("-", " ")
        table.add_row(str(one.number), one.month, one.venue, purpose, f"{one.cost:,.0f}", str(one.keeps), str(one.new), str(one.briefed_by), money)
    print_table(table)
    for sentence in planned.sentences:
        out.print(f"- {sentence}", markup=False)
