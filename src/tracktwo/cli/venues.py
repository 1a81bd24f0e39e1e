"""The verb that ranks places to meet."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.table import Table as Printed

from tracktwo.cli.inquiring import inquiry_of
from tracktwo.cli.shared import AsJson, AsOf, BadInput, BriefFile, day_of, out, print_json, print_table
from tracktwo.considerations.inquiry import Inquiry
from tracktwo.considerations.law import Legal, travel_bans
from tracktwo.considerations.places import Places
from tracktwo.considerations.venues import evidence_for, reasons
from tracktwo.dossier.language import voice
from tracktwo.methods.venue import Option, best, trade_off, waivers
from tracktwo.model.finding import Message


def venues(
    brief_file: BriefFile,
    as_of: AsOf = None,
    limit: Annotated[int, typer.Option(min=1, max=250, help="How many countries to show; with --json all if left out.")] = 10,
    whole: Annotated[bool, typer.Option("--all", help="Show every country.")] = False,
    as_json: AsJson = False,
) -> None:
    """Rank countries as places to meet for this group: what the sides said, who is lost, papers, journey, safety, neutrality, experience.

    There is no score: the place whose weakest point is least weak stands first. A place that a side refused stands behind every other.
    """
    inquiry = inquiry_of(brief_file, day_of(as_of))
    if inquiry.basis.shelf.passports is None:
        raise BadInput("no passport table can be read, so nobody's entry can be looked up; see 'tracktwo sources list'")
    places = Places(inquiry, travel_bans(Legal(inquiry)))
    if not places.travellers:
        raise BadInput(f"{brief_file.name}: names no country and no nationality, so nobody's entry can be looked up; add countries or invited people")
    proposed = tuple(option.country for option in places.proposed)
    ranked = list(enumerate(places.ranked, 1))
    shown = ranked if whole or as_json else [one for one in ranked if one[0] <= limit or one[1].country in proposed]
    if as_json:
        print_json(
            {
                "format": "venues/2",
                "as_of": inquiry.basis.as_of.isoformat(),
                "venues": [_venue(inquiry, places, rank, option, proposed) for rank, option in shown],
                "waivers": [
                    {"iso3": one.country, "id": one.traveller, "rank": one.rank, "instead_of": one.before, "regained": one.regained}
                    for one in waivers((*places.proposed, *places.short), places.ranked)
                ],
            }
        )
        return
    english, countries = voice(), inquiry.basis.shelf.countries
    table = Printed("", "Country", "Why", box=None, pad_edge=False)
    for rank, option in shown:
        mark = "in brief" if option.country in proposed else ""
        why = "; ".join(english.say(reason) for reason in reasons(inquiry, option))
        table.add_row(str(rank), f"{countries.name(option.country)} {mark}".strip(), why)
    print_table(table)
    for line in _trade_offs(places, shown, inquiry):
        out.print(line, markup=False)
    for item in dict.fromkeys(
        f"{e.publisher}, {e.dataset} {e.version or ''} (as of {e.as_of})" for _, row in shown for e in evidence_for(inquiry, row)[:2]
    ):
        out.print(f"Source: {item}", markup=False)


def _trade_offs(places: Places, shown: list[tuple[int, Option]], inquiry: Inquiry) -> list[str]:
    """For the first places what each is better and worse at than the first of all."""
    english, name = voice(), inquiry.basis.shelf.countries.name
    first = shown[0][1]
    unbeaten = {option.country for option in best([option for _, option in shown])}
    lines = []
    for _, option in shown[1:6]:
        better, worse = ([english.say(Message(code=f"term.point.{point}")) for point in points] for points in trade_off(first, option))
        words = [f"better at {', '.join(better)}"] * bool(better) + [f"worse at {', '.join(worse)}"] * bool(worse)
        kept = "" if option.country in unbeaten else "; another one shown is no worse at anything and better at something"
        lines.append(f"{name(option.country)} beside {name(first.country)}: {'; '.join(words) or 'alike in every class'}{kept}")
    return lines


def _venue(inquiry: Inquiry, places: Places, rank: int, option: Option, proposed: tuple[str, ...]) -> dict[str, Any]:
    english = voice()
    return {
        "rank": rank,
        "iso3": option.country,
        "city": option.city,
        "towns": [town.name for town in places.towns(option.country)] if rank <= len(places.short) or option.country in proposed else [],
        "in_brief": option.country in proposed,
        "answered": option.answered,
        "hard_bars": [{"id": item.traveller, "bars": list(item.bars)} for item in option.journeys if item.lost],
        "people": [
            {
                "id": item.traveller,
                "verdict": item.verdict,
                "days": item.days,
                "as_of": item.as_of.isoformat() if item.as_of else None,
                "hours": None if item.hours is None else round(item.hours, 1),
            }
            for item in option.journeys
        ],
        "scores": option.classes(),
        "reasons": [english.say(reason) for reason in reasons(inquiry, option)],
        "evidence": [item.model_dump(mode="json") for item in evidence_for(inquiry, option)],
    }
