"""Follow-up: what happens between the meetings and after them, to whom, by whom, until when (rows E1 … E9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from tracktwo.considerations.finances import outlook
from tracktwo.considerations.inquiry import Basis, Inquiry, listing, msg, term
from tracktwo.considerations.places import Places
from tracktwo.library.cases import evidence_of
from tracktwo.methods.arc import Round
from tracktwo.model import brief as b
from tracktwo.model.exhibit import AnyExhibit, Section, Table
from tracktwo.model.finding import Finding, Param
from tracktwo.record.initiative import Initiative

RETURN_DAYS = 10
"""Results go back to participants within ten days (Community Tool Box)."""

CONTACT_DAYS = 45
"""Longest silence between rounds before somebody calls; our planning value, to be agreed with each person."""


def consider(initiative: Initiative, basis: Basis, arc: tuple[Round, ...]) -> Section:
    """Answer E1 … E9 for the initiative."""
    q = Inquiry(initiative, basis)
    return Section(
        consideration="follow_up",
        findings=(
            *focus(q),  # E1
            *scenario(q),  # E2
            *formulas(q),  # E3
            *re_entry(q, arc),  # E4
            *agreed_actions(q, arc),  # E5
            *products(q, arc),  # E6
            *briefings(q, arc),  # E7
            *results_back(q, arc),  # E8
            *media_line(q),  # E9
        ),
        exhibits=tuple(_calendar(q, arc)),
    )


def focus(q: Inquiry) -> Iterator[Finding]:
    """E1: what do we really need to focus on?"""
    shared = [issue for issue in q.initiative.issues if _held_by_all(q, issue)]
    if shared:
        yield q.assumed(
            "focus.shared-grievance",
            "E1",
            q.said(*shared),
            issues=listing(issue.name for issue in shared),
            sides=q.side_names(),
            ask=q.each_side(),
            decision="agenda",
        )
    elif q.of_friends:
        yield q.unknown("focus.none-shared-friends", "E1", q.each_side(), "agenda", sides=q.side_names())
    else:
        issues = listing(issue.name for issue in q.initiative.issues) if q.initiative.issues else msg("focus.no-issues", places=q.place_names())
        yield q.unknown("focus.none-shared", "E1", q.each_side(), "agenda", issues=issues, sides=q.side_names())


def _held_by_all(q: Inquiry, issue: b.Issue) -> bool:
    """True where every side at the table has a grievance under the issue."""
    return bool(q.initiative.table) and {side.id for side in q.initiative.table} <= {g.side for g in issue.grievances}


def scenario(q: Inquiry) -> Iterator[Finding]:
    """E2: resources, obstacles, steps, who, in which sequence; known only after the stage of joint thinking."""
    ripe = [issue for issue in q.initiative.issues if issue.status == "ripening"]
    if ripe:
        obstacles = listing(tie.what for tie in q.initiative.dividers) if q.initiative.dividers else term("list", "unknown")
        resources = listing(tie.what for tie in q.initiative.connectors) if q.initiative.connectors else term("list", "unknown")
        yield q.assumed(
            "scenario.start",
            "E2",
            q.said(*ripe, *q.initiative.connectors, *q.initiative.dividers),
            issue=ripe[0].name,
            resources=resources,
            obstacles=obstacles,
            ask=q.each_side(),
        )
    else:
        yield q.unknown(q.fitting("scenario.unknown"), "E2", q.each_side(), "follow-up", sides=q.side_names(), title=q.initiative.opening.title)


def formulas(q: Inquiry) -> Iterator[Finding]:
    """E3: which needs a formula must meet; the formulas are the participants' own work."""
    silent: list[b.Side] = []
    for side in q.initiative.table:
        needs = [g for issue in q.initiative.issues for g in issue.grievances if g.side == side.id]
        if needs:
            yield q.assumed(
                q.fitting("formula.must-answer"),
                "E3",
                q.said(*needs),
                side=side.name,
                count=len(needs),
                needs=listing(msg("formula.need", what=g.what) for g in needs[:3]),
                ask=q.of_side(side),
            )
        else:
            silent.append(side)
    if silent:
        yield q.unknown(
            q.fitting("formula.needs-unknown"),
            "E3",
            [q.of_side(side) for side in silent],
            "agenda",
            sides=q.side_names(silent),
            places=q.place_names(),
        )


def re_entry(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """E4: participants go home, some to a hostile place."""
    people = [p for p in q.initiative.invited if p.kind == "person"]
    without = [p for p in people if p.re_entry is None]
    if not people:
        yield q.unknown("reentry.nobody", "E4", q.each_side(), "follow-up", sides=q.side_names())
        return
    if without:
        yield q.unknown(
            q.fitting("reentry.no-plan"),
            "E4",
            q.each_of(without),
            "follow-up",
            severity="info" if q.of_friends else "warning",
            evidence=q.said(*without),
            people=q.people(without),
            count=len(without),
            total=len(people),
        )
    unreached = [p for p in people if p.reached_by is None]
    if unreached:
        yield q.unknown("reentry.nobody-calls", "E4", q.team("facilitator"), "follow-up", people=q.people(unreached), count=len(unreached))
    if not (without or unreached):
        yield q.assumed("reentry.planned", "E4", q.said(*people), count=len(people), who=listing(p.reached_by or "" for p in people))
    silent = _longest_gap(arc)
    if silent > CONTACT_DAYS:
        yield q.assumed(
            "reentry.long-silence", "E4", days=silent, contact=CONTACT_DAYS, count=len(people), ask=q.team("facilitator"), decision="follow-up"
        )


def _longest_gap(arc: tuple[Round, ...]) -> int:
    return max(((later.starts - earlier.ends).days for earlier, later in pairwise(arc)), default=0)


def agreed_actions(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """E5: dated follow-up with owners and means."""
    items = q.initiative.follow_up
    loose = [item for item in items if not item.done and (item.owner is None or item.due is None)]
    late = [item for item in items if not item.done and item.due and item.due < q.basis.as_of.isoformat()[: len(item.due)]]
    if loose:
        yield q.unknown(
            "actions.loose",
            "E5",
            q.convenor(),
            "follow-up",
            evidence=q.said(*loose),
            count=len(loose),
            total=len(items),
            actions=listing(i.what for i in loose),
        )
    if late:
        yield q.known(
            "actions.late", "E5", q.said(*late), severity="warning", count=len(late), actions=listing(item.what for item in late), on=q.basis.as_of
        )
    if items and not loose and not late:
        yield q.known("actions.in-order", "E5", q.said(*items), count=len(items), open=sum(not item.done for item in items))
    if not items:
        yield q.unknown("actions.none", "E5", q.convenor(), "follow-up", rounds=q.initiative.wish.rounds, title=q.initiative.opening.title)
    found = outlook(q, arc, Places(q))
    if found and found.ends and q.initiative.budget and not any(_for_follow_up(cost.what) for cost in q.initiative.budget.costs):
        yield q.assumed(
            "actions.no-money", "E5 B5", q.said(q.initiative.budget), severity="note", title=q.initiative.opening.title, decision="budget"
        )


def _for_follow_up(what: str) -> bool:
    """True where a line of the budget speaks of follow-up, in a language of the dossier."""
    return any(word in what.casefold() for word in ("follow", "suivi", "متابعة"))


def products(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """E6: what paper comes out, for whom."""
    outputs = [
        (likeness.case, output) for likeness in q.basis.similar for output in likeness.case.outputs if "outputs" in likeness.case.verified_fields
    ]
    if outputs:
        cases = list(dict.fromkeys(case.id for case, _ in outputs))
        found = [case for case, _ in outputs]
        yield q.known(
            "products.precedents",
            "E6",
            [evidence_of(case) for case in dict.fromkeys(found)],
            count=len(cases),
            outputs=listing(msg("products.output", what=output.what, case=case.name) for case, output in outputs[:3]),
        )
    carrier = q.official_contact()
    when = next((item.briefing_by for item in arc if item.purpose in ("overcoming-constraints", "carrying-home")), None)
    if when and q.of_friends:
        yield q.assumed("products.paper-friends", "E6", on=when, who=carrier, ask=q.each_side(), decision="follow-up")
    elif when:
        yield q.assumed("products.paper", "E6", on=when, who=carrier, issues=_about(q), ask=q.each_side(), decision="official-line")
    else:
        yield q.unknown("products.none", "E6", carrier, "follow-up", issues=_about(q), title=q.initiative.opening.title)


def _about(q: Inquiry) -> Param:
    """What a paper could be on: where every side has a grievance, else the first issues entered, else the places."""
    issues = [issue for issue in q.initiative.issues if _held_by_all(q, issue)] or list(q.initiative.issues)
    return listing(msg("products.about", issue=issue.name) for issue in issues[:3]) if issues else q.place_names()


def briefings(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """E7: officials consulted before and briefed after each meeting."""
    if arc and q.initiative.officials:
        yield q.assumed(
            "briefings.plan",
            "E7",
            q.said(*q.initiative.officials),
            count=len(arc),
            processes=listing(contact.process for contact in q.initiative.officials),
            first=arc[0].briefing_by,
            ask=q.official_contact(),
            decision="official-line",
        )
    else:
        yield q.unknown(
            q.fitting("briefings.none"), "E7", q.official_contact(), "official-line", sides=q.side_names(), title=q.initiative.opening.title
        )


def results_back(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """E8: results go back to participants quickly."""
    if arc:
        yield q.assumed(
            "results.due",
            "E8",
            days=RETURN_DAYS,
            first=arc[0].ends + timedelta(days=RETURN_DAYS),
            title=q.initiative.opening.title,
            ask=q.team("facilitator"),
            decision="follow-up",
        )
    else:
        yield q.unknown("results.no-dates", "E8", q.team("facilitator"), "follow-up", days=RETURN_DAYS, sides=q.side_names())


def media_line(q: Inquiry) -> Iterator[Finding]:
    """E9: who speaks to the press, and what is said if the story is out."""
    speakers = [message for message in q.initiative.public if message.said_by and not message.closed]
    if speakers:
        yield q.assumed(
            "media.speakers",
            "E9",
            q.said(*speakers),
            who=listing(message.said_by or "" for message in speakers),
            channels=_channels(q),
            count=len(speakers),
        )
    else:
        yield q.unknown(
            "media.none",
            "E9",
            [q.convenor(), *q.each_side()],
            "public-line",
            severity="note",
            channels=_channels(q),
            title=q.initiative.opening.title,
        )


def _channels(q: Inquiry) -> Param:
    return listing(channel.name for channel in q.initiative.channels) if q.initiative.channels else msg("media.press-in", places=q.place_names())


def _calendar(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[AnyExhibit]:
    """Everything with a date after today, in order: rounds, results, briefings, actions, public messages, tests of links."""
    dated: list[tuple[str, Param, Param]] = []
    for item in arc:
        dated += [
            (item.starts.isoformat(), msg("calendar.round", number=item.number, purpose=q.purpose(item.purpose)), q.convenor()),
            ((item.ends + timedelta(days=RETURN_DAYS)).isoformat(), msg("calendar.results", number=item.number), q.team("facilitator")),
            (item.briefing_by.isoformat(), msg("calendar.briefing", number=item.number), q.official_contact()),
        ]
    dated += [(action.due, action.what, action.owner or "—") for action in q.initiative.follow_up if action.due and not action.done]
    dated += [(message.when, message.what, message.said_by or "—") for message in q.initiative.public if message.when and not message.closed]
    if q.initiative.change:
        dated += [(link.test_by, msg("calendar.test", then=link.then), q.team("evaluator")) for link in q.initiative.change.links if link.test_by]
    later = sorted((line for line in dated if line[0] >= q.basis.as_of.isoformat()[: len(line[0])]), key=lambda line: line[0])
    if later:
        yield Table(
            row="E5",
            title=msg("table.calendar"),
            evidence=q.said(q.initiative.wish, *q.initiative.follow_up),
            header=(msg("column.date"), msg("column.what"), msg("column.who")),
            cells=tuple((_day(when), what, who) for when, what, who in later),
        )


def _day(when: str) -> date | str:
    return date.fromisoformat(when) if len(when) == 10 else when
