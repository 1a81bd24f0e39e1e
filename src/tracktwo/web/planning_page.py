"""The page that plans the programme exactly: what lies where and why, what a change would move, what cannot be, the files, and taking it over.

Only stewards see it. What is tried is sent as a form and stands in no address; nothing is written before somebody takes the programme over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpResponse

from tracktwo.considerations.kept_times import TimesUnknown
from tracktwo.considerations.timetable import Draft, Trial, asked_of, drafted, places_alone
from tracktwo.considerations.timetable_entries import Matched, entries_of, matched, plain_of, standing_at, told_of
from tracktwo.considerations.timetable_planned import Planned, planned
from tracktwo.dossier.feeds import programme_feed
from tracktwo.dossier.grid import programme_page
from tracktwo.dossier.timetable_sheet import timetable_xlsx
from tracktwo.model.timetable import Placed, Timetable
from tracktwo.record.convening import panels_of
from tracktwo.record.sessions import ProgrammeEntered, SessionPlanned
from tracktwo.sources.shelf import Shelf, open_shelf
from tracktwo.web.areas.downloads import attachment
from tracktwo.web.asked import Asked
from tracktwo.web.called import Called
from tracktwo.web.desk import Desk
from tracktwo.web.pages import page, say, see_other
from tracktwo.web.planning_form import PlanningForm
from tracktwo.web.planning_words import Words, said
from tracktwo.web.saving import save

VISIBLE = ("convenors", "facilitators")
PRAYERS = {"Noon prayer": "noon-prayer", "Afternoon prayer": "afternoon-prayer", "Sunset prayer": "sunset-prayer"}
KEPT = {"Friday prayer": "friday-prayer", "Fast of Ramadan": "ramadan", "Shabbat": "shabbat", "Sunday worship": "sunday"}


@lru_cache(maxsize=2)
def _shelf(folder: str, day: date) -> Shelf:
    """Countries and towns, as they stand on a day, opened once."""
    return places_alone(open_shelf(Path(folder), day))


@dataclass(frozen=True)
class Change:
    """One line of what moved: the item, its place before and after, and why."""

    title: str
    before: Placed | None
    after: Placed | None
    why: Any


def answer(asked: Asked, desk: Desk) -> HttpResponse:
    """The page, a file, or the way back to the programme where one was taken over."""
    try:
        draft = _draft(asked, desk)
    except TimesUnknown as error:
        return page(asked, "team/planning.html", desk=desk, draft=None, sentence=str(error), visible_to=VISIBLE)
    if draft is None:
        return page(asked, "team/planning.html", desk=desk, draft=None, sentence="", visible_to=VISIBLE)
    draft, held = matched(draft, desk.settled)
    called = Called.of(desk.initiative)
    form = PlanningForm(asked, draft, called, asked.POST if asked.method == "POST" else None)
    trial, stood = Trial(), held.standing
    if form.is_bound and form.is_valid():
        trial = form.trial()
        stood = standing_at(draft, form.cleaned_data["stood"]) or held.standing
    try:
        found = planned(draft, trial, stood)
    except ValueError as error:
        form.add_error(None, say(asked, ".dialogue.refused", why=str(error))) if form.is_bound else None
        return page(asked, "team/planning.html", desk=desk, draft=None, sentence=str(error), visible_to=VISIBLE)
    if form.is_bound and form.is_valid() and found.found:
        done = _done(asked, desk, form, found, held)
        if done is not None:
            return done
    return page(asked, "team/planning.html", desk=desk, draft=draft, form=form, **_shown(asked, found, called, held), visible_to=VISIBLE)


def _draft(asked: Asked, desk: Desk) -> Draft | None:
    """What the initiative would place. What the record has planned says the zone, where no venue can be found that does."""
    q = asked_of(desk.initiative, _shelf(str(desk.home.folder), asked.today), asked.today)
    settled = panels_of(desk.settled)
    first = q.initiative.wish.starts
    zones = [one.body.zone for one in desk.settled if isinstance(one, SessionPlanned | ProgrammeEntered) and first and one.body.day >= first]
    words = {name: asked.voice.say(said(code)) for name, code in PRAYERS.items()}
    words |= {name: asked.voice.text(f"term.observance.{code}") for name, code in KEPT.items()}
    return drafted(q, settled[-1].body.people if settled else (), asked.voice.say, words, zones[-1] if zones else None)


def _done(asked: Asked, desk: Desk, form: PlanningForm, found: Planned, held: Matched) -> HttpResponse | None:
    """What a button asks for beside the page: a file, or that the programme is taken over."""
    wanted = str(asked.POST.get("do", ""))
    person = form.cleaned_data["person"] or None
    plan = found.plan.model_copy(update={"calendar_key": desk.initiative_id.hex(), "language": asked.voice.language})
    if wanted == "calendar":
        return attachment("calendar.ics", programme_feed(plan, asked.voice, asked.today, person))
    if wanted == "sheet":
        return attachment("programme.xlsx", timetable_xlsx(plan, asked.voice, asked.today))
    if wanted == "paper":
        return attachment("programme.html", programme_page(plan, asked.voice))
    if wanted == "take" and save(asked, desk, form, lambda: entries_of(found, held, asked.today, asked.voice.language)) is not None:
        return see_other("programme", tag=desk.tag)
    return None


def _shown(asked: Asked, found: Planned, called: Called, held: Matched) -> dict[str, Any]:
    words = Words(found, called)
    why = str(asked.POST.get("why", ""))
    item = next((one for one in found.plan.items if one.id == why), None)
    board = next(plan for plan in (found.plan, found.before, plain_of(found.draft)) if plan is not None and plan.items)
    return {
        "sentence": "",
        "found": found,
        "trial": found.trial,
        "called": called,
        "days": [(day, found.draft.opens(day.number, found.trial), _lines(board, day.number)) for day in found.plan.days],
        "left_out": [(name, words.titles[name]) for name in sorted(found.trial.out) if name in words.titles],
        "changes": [Change(words.titles.get(one.item.id, one.item.title), one.before, one.after, words.moved(one)) for one in found.moved()],
        "against_record": held.standing is not None and not asked.POST.get("stood"),
        "held": held.standing is not None,
        "why": list(words.why(item)) if item else None,
        "why_item": item,
        "cannot": list(words.cannot(found.cannot)) if found.cannot else [],
        "fewer": found.cannot.fewer if found.cannot else None,
        "smallest": found.cannot.smallest if found.cannot else False,
        "stood": told_of(found.plan) or str(asked.POST.get("stood", "")),
        "computed": bool(found.draft.remarks),
    }


def _lines(plan: Timetable, number: int) -> list[Placed]:
    return sorted((item for item in plan.items if item.day == number), key=lambda item: (item.start, item.end))
