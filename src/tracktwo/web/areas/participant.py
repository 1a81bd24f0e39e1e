"""A participant's pages: who sees what, the ground rules, a private word to the facilitators, and the days. Small enough for an old telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpResponse

from tracktwo.model.finding import Param
from tracktwo.record.entries import GroundRuleSet
from tracktwo.record.living import ProgrammeEntered, RulesAnswered, SessionPlanned, SurveyAnswered, SurveyAsked, WorryTold
from tracktwo.record.returned import RulesAnswer, Worry
from tracktwo.record.sessions import Item, Session
from tracktwo.record.statements import statements_of
from tracktwo.web.access import at, door
from tracktwo.web.asked import Asked
from tracktwo.web.calendars import CALENDARS, Calendar, in_calendar
from tracktwo.web.desk import Desk
from tracktwo.web.pages import page, say, see_other
from tracktwo.web.saving import save

PEOPLE = ("participant", "interpreter")
"""Who sits in the room and has a telephone in the hand. Only participants vote and answer."""
COOKIE = "__Host-calendar"

LINES = ("caucus", "notes", "votes", "proposals", "worries", "names", "facilitators", "server", "telephone", "way-out")
"""Who sees what, in ten lines."""
RULES = {
    "speaking": ("own-voice", "listening", "no-points", "needs-first", "respect", "names", "time", "silence"),
    "privacy": ("rule", "devices", "who-came", "leak"),
    "third-party": ("facilitators", "interest", "breach"),
}
"""The rules of the dossier's text of day one, under their headings."""


class WorryForm(forms.Form):
    text = forms.CharField(label=".participant.worry-text", max_length=4000, widget=forms.Textarea({"rows": 5}))


@dataclass(frozen=True)
class Rules:
    """The rules that are put up for everybody, and what somebody answered to them."""

    ids: tuple[str, ...]
    agreed: tuple[GroundRuleSet, ...]
    answer: RulesAnswered | None
    """To these very rules: an answer to earlier ones is none."""


def rules_of(desk: Desk) -> Rules:
    """The rules in the plenary, and the visitor's own answer."""
    agreed = tuple(entry for entry in desk.settled if isinstance(entry, GroundRuleSet) and entry.room == "plenary")
    ids = tuple(entry.id for entry in agreed)
    mine = [entry for entry in desk.settled if isinstance(entry, RulesAnswered) and entry.author == desk.me and set(entry.body.rules) == set(ids)]
    return Rules(ids, agreed, mine[-1] if mine else None)


def surveys_waiting(desk: Desk) -> tuple[SurveyAsked, ...]:
    """The surveys that the visitor has not answered."""
    answered = {entry.body.survey for entry in desk.settled if isinstance(entry, SurveyAnswered) and entry.author == desk.me}
    return tuple(entry for entry in desk.settled if isinstance(entry, SurveyAsked) and entry.id not in answered)


@door(steps=("card",))
def place(asked: Asked) -> HttpResponse:
    """Where a card leads: the page of its holder's role."""
    (membership,) = asked.who.memberships
    return home(asked, tag=membership.tag)


@door(*PEOPLE, "evaluator", "logistics")
def home(asked: Asked, desk: Desk) -> HttpResponse:
    """Who sees what, before anything else; then what is waiting."""
    if desk.role == "evaluator":
        return see_other("evaluation", tag=desk.tag)
    return page(
        asked,
        "participant/home.html",
        desk=desk,
        lines=LINES if desk.role != "logistics" else ("names", "server", "telephone", "way-out"),
        rules=rules_of(desk),
        voting=any(put.state == "open" for put in statements_of(desk.settled)),
        surveys=surveys_waiting(desk),
    )


@door(*PEOPLE, methods=("GET", "POST"))
def rules(asked: Asked, desk: Desk) -> HttpResponse:
    """The ground rules: yes, or no; whoever says no may still attend."""
    agreed = rules_of(desk)
    form = forms.Form(asked.POST or None)
    if asked.method == "POST" and desk.role == "participant" and agreed.ids:
        if asked.POST.get("answer") not in ("yes", "no"):
            form.add_error(None, say(asked, ".participant.say-yes-or-no"))
        else:
            body = RulesAnswer(accepted=asked.POST["answer"] == "yes", rules=agreed.ids)
            old = (agreed.answer.id,) if agreed.answer else ()
            if save(asked, desk, form, lambda: [RulesAnswered(on=asked.today, lamport=0, replaces=old, body=body)]):
                return see_other("place-rules", tag=desk.tag)
    return page(asked, "participant/rules.html", desk=desk, form=form, rules=agreed, headings=RULES)


@door("participant", methods=("GET", "POST"))
def worry(asked: Asked, desk: Desk) -> HttpResponse:
    """Something for the facilitators alone. What was sent is told by its day only: a telephone may be shared."""
    form = WorryForm(asked.POST or None)
    if asked.method == "POST" and form.is_valid():
        text, language = form.cleaned_data["text"], asked.voice.language
        if save(asked, desk, form, lambda: [WorryTold(on=asked.today, lamport=0, body=Worry(text=text, language=language))]):
            return see_other("worry", tag=desk.tag)
    sent = [entry.on for entry in desk.settled if isinstance(entry, WorryTold) and entry.author == desk.me]
    days = [in_calendar(day, calendar_of(asked)) for day in sent]
    return page(asked, "participant/worry.html", desk=desk, form=form, delivered=days)


@dataclass(frozen=True)
class Day:
    """One day of the programme, in the chosen calendar and in the common one."""

    day: date
    named: Param
    items: tuple[Session | Item, ...]


@door(*PEOPLE)
def days(asked: Asked, desk: Desk) -> HttpResponse:
    """The days as far as everybody may know them."""
    chosen = calendar_of(asked)
    planned = [entry.body for entry in desk.settled if isinstance(entry, SessionPlanned | ProgrammeEntered) and entry.room != "team"]
    planned.sort(key=lambda body: (body.day, body.start, body.end))
    found = {body.day: Day(body.day, in_calendar(body.day, chosen), tuple(one for one in planned if one.day == body.day)) for body in planned}
    return page(
        asked,
        "participant/days.html",
        desk=desk,
        days=tuple(found.values()),
        calendars=CALENDARS,
        chosen=chosen,
        now=in_calendar(asked.today, chosen),
    )


@door(*PEOPLE, methods=("POST",))
def calendar(asked: Asked, desk: Desk) -> HttpResponse:
    """Choose a calendar; the browser keeps the choice until it is closed."""
    response = see_other("days", tag=desk.tag)
    if asked.POST.get("calendar") in CALENDARS:
        response.set_cookie(COOKIE, asked.POST["calendar"], secure=True, httponly=True, samesite="Strict", path="/")
    return response


def calendar_of(asked: Asked) -> Calendar:
    """The calendar that a reader has chosen."""
    cookie = asked.COOKIES.get(COOKIE, "")
    return next((one for one in CALENDARS if one == cookie), "gregorian")


PATHS = [
    at("p", place, "place"),
    at("p/<tag:tag>", home, "place-home"),
    at("p/<tag:tag>/rules", rules, "place-rules"),
    at("p/<tag:tag>/word", worry, "worry"),
    at("p/<tag:tag>/days", days, "days"),
    at("p/<tag:tag>/calendar", calendar, "calendar"),
]
