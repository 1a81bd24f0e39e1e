"""The panel: who would be on it and why, whom to ask first, what changes if somebody is pinned, left out or declines, and what was settled.

Only stewards see it. What is tried is sent as a form and stands in no address; nothing is written before somebody settles a panel.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpResponse

from tracktwo.considerations.panel import counted
from tracktwo.considerations.panel_tried import UNCHANGED, Trial, Tried, asked_of, compared, entry_rules_alone
from tracktwo.model.finding import Listing, Message, Param, PersonRef
from tracktwo.record.convening import Panel, PanelSettled, panels_of
from tracktwo.sources.shelf import Shelf, open_shelf
from tracktwo.web import clock
from tracktwo.web.asked import Asked
from tracktwo.web.called import Called, my_name
from tracktwo.web.desk import Desk
from tracktwo.web.pages import page, say, see_other
from tracktwo.web.panel_form import PanelForm
from tracktwo.web.saving import save

VISIBLE = ("convenors", "facilitators")


@lru_cache(maxsize=2)
def _shelf(folder: str, day: date) -> Shelf:
    """Who may enter where, as it stands on a day, opened once."""
    return entry_rules_alone(open_shelf(Path(folder), day))


@dataclass(frozen=True)
class Change:
    """One panel that was settled, and how it differs from the one before."""

    entry: PanelSettled
    joins: tuple[str, ...]
    leaves: tuple[str, ...]


def changes(settled: Sequence[PanelSettled]) -> tuple[Change, ...]:
    """Every panel that was settled, the newest first."""
    found, before = [], frozenset[str]()
    for entry in settled:
        now = frozenset(entry.body.people)
        found.append(Change(entry, tuple(sorted(now - before)) if before else (), tuple(sorted(before - now))))
        before = now
    return tuple(reversed(found))


def answer(asked: Asked, desk: Desk) -> HttpResponse:
    """The page, or the way back to it where a panel was settled."""
    settled = panels_of(desk.settled)
    refused = frozenset(settled[-1].body.declined) if settled else frozenset()
    q = asked_of(desk.initiative, _shelf(str(desk.home.folder), asked.today), asked.today)
    base = Tried(q, replace(UNCHANGED, declined=refused))
    form = PanelForm(asked, base, asked.POST if asked.method == "POST" else None)
    tried, why = base, ""
    if form.is_bound and form.is_valid():
        tried = Tried(q, _trial(asked, form, settled, refused))
        why = str(asked.POST.get("why", ""))
        if asked.POST.get("do") == "settle" and _settle(asked, desk, form, tried):
            return see_other("panel", tag=desk.tag)
    return page(asked, "team/panel.html", desk=desk, form=form, **_shown(asked, desk, base, tried, why, settled), visible_to=VISIBLE)


def _trial(asked: Asked, form: PanelForm, settled: Sequence[PanelSettled], refused: frozenset[str]) -> Trial:
    """What the form tries. Where somebody of the settled panel has refused, that panel is mended, and not made anew."""
    last = settled[-1].body if settled else None
    now = frozenset(asked.POST.getlist("declined")) & frozenset((*last.people, *last.reserves) if last else ())
    mending = last.people if last and (now or asked.POST.get("do") == "mend") else ()
    return form.trial(refused | now, mending)


def _settle(asked: Asked, desk: Desk, form: PanelForm, tried: Tried) -> bool:
    """Write down the panel that is shown; False with a sentence in the form where there is none."""
    if tried.fit is None or tried.not_pinned:
        form.add_error(None, say(asked, ".panel.nothing-to-settle"))
        return False
    declined = tuple(sorted(tried.trial.declined))
    body = {"people": tried.people, "reserves": tried.reserves, "declined": declined, "signed_by": my_name(desk)}
    now = clock.now().replace(microsecond=0)
    return save(asked, desk, form, lambda: [PanelSettled(on=asked.today, at=now, lamport=0, body=Panel.model_validate(body))]) is not None


def _shown(asked: Asked, desk: Desk, base: Tried, tried: Tried, why: str, settled: Sequence[PanelSettled]) -> dict[str, Any]:
    called = Called.of(desk.initiative)
    before = tried.trial.mending or base.people
    after = tried.people
    last = settled[-1].body if settled else None
    return {
        "tried": tried,
        "called": called,
        "people": tried.members,
        "sides": {side.id: side.name for side in desk.initiative.sides},
        "groups": _by_side(desk, after),
        "side_of": _side_of(desk),
        "changes": tried.trial.changes,
        "joins": [code for code in after if code not in before],
        "leaves": [code for code in before if code not in after],
        "compared": [(one, _names(tried, one.before, called), _names(tried, one.after, called)) for one in compared(base, before, tried)],
        "conflict": [called.say(one) for one in tried.conflict],
        "helps": any("then" in one.params for one in tried.conflict),
        "outdated": [called.say(one) for one in base.broken_by(last.people)] if last else [],
        "breaks": lambda one: [called.say(message) for message in tried.breaks(one)],
        "counted": {number: counted(tried.q, quota.counted) for number, quota in enumerate(base.proposal.wish.quotas)},
        "why": _why(tried, why, called) if why in tried.members else None,
        "asked_why": why,
        "history": changes(settled),
        "last": last,
        "drifted": _drifted(last, base) if last and not tried.trial.changes else None,
        "grounds": {one.key: _ground(one) for one in tried.excluded},
    }


def _side_of(desk: Desk) -> Callable[[str], str]:
    """The side of somebody by its name: of several sides all of them, of none nothing."""
    named = {side.id: side.name for side in desk.initiative.sides}
    of = {member.code: " + ".join(named.get(side, side) for side in member.person.sides) for member in desk.initiative.members}
    return lambda code: of.get(code, "")


def _by_side(desk: Desk, people: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The panel by side: (name of the side, codes); whoever is of no side or of several stands by himself."""
    found: dict[str, list[str]] = {side.name: [] for side in desk.initiative.table}
    side_of = _side_of(desk)
    for code in people:
        found.setdefault(side_of(code), []).append(code)
    return [(name, codes) for name, codes in found.items() if codes]


def _ground(one: Any) -> Message:
    """Why somebody is not considered, in words. Some reasons have none beside their kind."""
    params = {"reason": one.reason} if one.ground in ("law", "travel", "veto") else {}
    return Message(code=f"interface.web.panel.out-{one.ground}", params=params)


def _names(tried: Tried, standing: Any, called: Called) -> Listing:
    return Listing(items=tuple(called.say(one) for one in tried.what(standing)))


def _drifted(last: Panel, base: Tried) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Who would join and who would leave the settled panel if it were made anew today; None where nobody would."""
    if base.fit is None or set(base.people) == set(last.people):
        return None
    return tuple(code for code in base.people if code not in last.people), tuple(code for code in last.people if code not in base.people)


def _why(tried: Tried, code: str, called: Called) -> list[tuple[str, dict[str, Param]]]:
    """Why somebody is, or is not, on the panel: catalogue codes with what is said to them."""
    name, there = called.name(code), code in tried.people
    found = tried.why(code)
    if found is None:
        out = next((one for one in tried.excluded if one.key == code), None)
        if out is None:
            return [(".panel.why-spared" if code in tried.reserves else ".panel.why-nothing", {"person": name})]
        return [
            (".panel.why-excluded", {"person": name, "ground": Message(code=f"interface.web.panel.out-{out.ground}", params={"reason": out.reason})})
        ]
    rules: list[tuple[str, dict[str, Param]]] = []
    if code in tried.proposal.rules.must:
        rules.append((".panel.why-must", {"person": name}))
    if found.impossible:
        conflict = Listing(items=tuple(called.say(one) for one in tried.forbids(code)))
        return [*rules, (".panel.why-needed" if there else ".panel.why-impossible", {"person": name, "rules": conflict})]
    others = Listing(items=tuple(called.say(PersonRef(person=one)) for one in found.instead_of)) if found.instead_of else Listing(items=("–",))
    if found.ground is None or found.now is None or found.then is None:
        return [*rules, (".panel.why-equal-on" if there else ".panel.why-equal-off", {"person": name, "others": others})]
    said: dict[str, Param] = {
        "person": name,
        "others": others,
        "ground": Message(code=f"interface.web.panel.ground-{found.ground}"),
        "now": abs(found.now.cost),
        "then": abs(found.then.cost),
    }
    rules.append((".panel.why-on" if there else ".panel.why-off", said))
    for standing, sentence in ((found.now, ".panel.why-now"), (found.then, ".panel.why-then")):
        if what := _names(tried, standing, called).items:
            rules.append((sentence, {"what": Listing(items=what)}))
    return rules
