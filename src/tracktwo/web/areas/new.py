"""A new initiative: the brief in steps that are saved as one goes, or a YAML file; then a page that shows how it is constituted."""

from __future__ import annotations

import os

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpResponse

from tracktwo.model.brief import Brief
from tracktwo.record.beginning import rooms_for
from tracktwo.record.duplicates import duplicates
from tracktwo.record.entries import entries_of
from tracktwo.record.mask import same
from tracktwo.record.membership import found
from tracktwo.record.revision import stamped
from tracktwo.sources.brief import MAX_BYTES, BriefError, parse_brief
from tracktwo.sources.countries import load_countries
from tracktwo.sources.roster import RosterError, parse_roster
from tracktwo.vault.identity import new_identity
from tracktwo.web import accounts, drafts
from tracktwo.web.access import ACCOUNT, STEWARDS, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.brief_steps import STEPS, Fault, Step, Typed, brief_of, sides_of
from tracktwo.web.desk import Desk, store
from tracktwo.web.findings import outlook
from tracktwo.web.pages import page, say, see_other
from tracktwo.web.serving import serving
from tracktwo.web.sessions import belongs
from tracktwo.web.who import Membership
from tracktwo.web.work import work

YOU = ("you",)


@door(ACCOUNT, methods=("GET", "POST"))
def new(asked: Asked) -> HttpResponse:
    """Begin step by step, bring a file, or go on with a draft."""
    problems: tuple[str, ...] = ()
    if asked.method == "POST":
        try:
            content = _uploaded(asked) if "brief" in asked.FILES else {"typed": {}}
            number = drafts.begin(asked.who, content)
            return see_other("new-review" if "yaml" in content else "new-step", draft=number, **({} if "yaml" in content else {"step": STEPS[0]}))
        except BriefError as error:
            problems = error.problems
        except drafts.TooMany:
            problems = (say(asked, ".new.too-many", count=drafts.MOST),)
    kept = [(draft.number, _title(draft.content), STEPS[0] if "typed" in draft.content else "") for draft in drafts.every(asked.who)]
    return page(asked, "team/new.html", drafts=kept, problems=problems, status=400 if problems else 200, visible_to=YOU)


def _uploaded(asked: Asked) -> Typed:
    """The YAML text of a brief that was sent, checked: it is looked at in memory and kept in the sealed draft alone. Raises BriefError."""
    file = asked.FILES["brief"]
    assert isinstance(file, UploadedFile)
    name = str(file.name)
    if (file.size or 0) > MAX_BYTES:
        raise BriefError([say(asked, ".new.too-large", name=name)])
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BriefError([say(asked, ".new.not-utf8", name=name)]) from error
    parse_brief(text, name, load_countries().resolve)
    return {"yaml": text, "name": name}


def _title(content: Typed) -> str:
    made = _brief(content)
    return made.title if isinstance(made, Brief) else str(content.get("typed", {}).get("basics", {}).get("title", ""))


def _brief(content: Typed) -> Brief | tuple[Fault, ...]:
    if "yaml" in content:
        return parse_brief(content["yaml"], content["name"], load_countries().resolve)
    return brief_of(content["typed"])


def _draft(asked: Asked, number: str) -> Typed:
    content = drafts.one(asked.who, number)
    if content is None:
        raise Http404
    return content


@door(ACCOUNT, methods=("GET", "POST"))
def step(asked: Asked, draft: str, step: str) -> HttpResponse:
    """One step. What was typed is kept whatever is wrong with it; where something is, the page says so and stays."""
    content = _draft(asked, draft)
    if step not in STEPS or "typed" not in content:
        raise Http404
    typed: Typed = content["typed"]
    here = Step(step, typed, asked.POST if asked.method == "POST" else None)
    remarks: list[str] = []
    if asked.method == "POST":
        typed |= here.typed()
        valid = here.is_valid()
        if "roster" in asked.FILES:
            remarks = _roster(asked, typed)
        if step == "people" and not remarks:
            remarks = _twice(asked, typed) + _unasked(asked, typed)
        valid = valid and not remarks
        drafts.keep(asked.who, draft, content)
        if here.more in here.lists:
            here = Step(step, typed)
            here.add_row(str(asked.POST["more"]))
        elif valid:
            after = STEPS.index(step) + 1
            return see_other("new-review", draft=draft) if after == len(STEPS) else see_other("new-step", draft=draft, step=STEPS[after])
    number = STEPS.index(step)
    return page(
        asked, "team/new_step.html", here=here, steps=STEPS, number=number, draft=draft, before=STEPS[number - 1] if number else None,
        roster=len(typed.get("roster", ())), remarks=remarks, visible_to=YOU,
    )  # fmt: skip


def _roster(asked: Asked, typed: Typed) -> list[str]:
    """Take over the people of a spreadsheet; what is wrong with it, if anything is."""
    file = asked.FILES["roster"]
    assert isinstance(file, UploadedFile)
    try:
        people = parse_roster(str(file.name), file.read(), load_countries().resolve, list(sides_of(typed)))
    except RosterError as error:
        return [str(error)]
    typed["roster"] = [person.model_dump(mode="json", exclude_none=True, exclude_defaults=True) for person in people]
    return []


def _twice(asked: Asked, typed: Typed) -> list[str]:
    """Names that may be one person, said once: whoever goes on without a change has looked at them."""
    names = [str(row.get("name", "")) for row in typed.get("people", ())] + [str(row["name"]) for row in typed.get("roster", ())]
    pairs = duplicates(names)
    looked = [list(pair) for pair in pairs]
    if typed.get("looked", []) == looked:
        return []
    typed["looked"] = looked
    return [
        say(asked, ".new.twice", name=name) if same(name) == same(other) else say(asked, ".new.may-be", name=name, other=other)
        for name, other in pairs
    ]


def _unasked(asked: Asked, typed: Typed) -> list[str]:
    """How many of a spreadsheet were not asked about their data, said once: outside the team's room they stay codes until they are."""
    roster = typed.get("roster", ())
    unasked = sum("data_consent" not in row for row in roster)
    if not unasked or typed.get("unasked", 0) == unasked:
        return []
    typed["unasked"] = unasked
    return [say(asked, ".new.not-asked", count=unasked, total=len(roster))]


@door(ACCOUNT, methods=("GET", "POST"))
def review(asked: Asked, draft: str) -> HttpResponse:
    """What will be begun; and, by POST, its beginning."""
    content = _draft(asked, draft)
    made = _brief(content)
    if isinstance(made, Brief) and asked.method == "POST":
        tag = begin(asked, made, draft)
        return see_other("working", tag=tag) if tag else see_other("initiatives")
    faults = () if isinstance(made, Brief) else made
    brief = made if isinstance(made, Brief) else None
    return page(asked, "team/new_review.html", brief=brief, faults=faults, draft=draft, steps=STEPS if "typed" in content else (), visible_to=YOU)


def begin(asked: Asked, brief: Brief, draft: str) -> str | None:
    """Begin a record with what a brief states, and hold it in the account. Returns its tag; None where the draft was used already."""
    entries = stamped(entries_of(brief, asked.today))
    home, identity, initiative = serving().home, new_identity(), os.urandom(16)
    replica = home.replica(initiative, identity.member)
    name = brief.convenor.name if brief.convenor else "convenor"
    with transaction.atomic():
        if not drafts.discard(asked.who, draft):
            return None
        rooms = [*rooms_for(entries), "logistics"]
        record = found(store(), home.secret.read(), replica, rooms, name=name, on=asked.today, identity=identity, initiative=initiative)
        record.append(entries)
        membership = Membership.of(initiative, identity)
        accounts.take_up(asked.who, membership)
        belongs(asked, initiative, identity.member)
    home.remember(initiative, store().heads(initiative))
    return membership.tag


@door(ACCOUNT, methods=("POST",))
def discard(asked: Asked, draft: str) -> HttpResponse:
    """Throw a draft away."""
    if not drafts.discard(asked.who, draft):
        raise Http404
    return see_other("new")


@door(*STEWARDS, methods=("GET", "POST"))
def working(asked: Asked, desk: Desk) -> HttpResponse:
    """How far the child has come with the six considerations; by POST it is stopped, or begun again where it failed."""
    seen = outlook(asked, desk)
    if asked.method == "POST":
        work().cancel(desk.owner, seen.number)
        return see_other("working", tag=desk.tag) if "again" in asked.POST else see_other("initiatives")
    if seen.fresh:
        return see_other("overview", tag=desk.tag)
    return page(asked, "team/working.html", desk=desk, seen=seen, visible_to=STEWARDS)


PATHS = [
    at("new", new, "new"),
    at("new/<entry:draft>/review", review, "new-review"),
    at("new/<entry:draft>/discard", discard, "new-discard"),
    at("new/<entry:draft>/<slug:step>", step, "new-step"),
    at("i/<tag:tag>/working", working, "working"),
]
