"""Process design, continued: which culture to weave into the days, matched to sides and not only to their states (row D9)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import reduce
from itertools import chain

from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.library import culture as library
from tracktwo.library.cases import load_cases
from tracktwo.library.culture import ACTIVITIES, CONTESTED, Contested, SharedActivity, load_activities, load_contested
from tracktwo.library.held_back import ALCOHOL, BRINGS, DISHES, HOLDS_BACK
from tracktwo.methods.culture import Activity, Claim, Ladder, Practice, Proposal, SideAtTable, ladder, names
from tracktwo.model import brief as b
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import CountryRef, Evidence, Finding, LanguageRef, Message, Param, Quoted
from tracktwo.model.world import HeritageElement, Provenance
from tracktwo.sources.table import UnreadableSource

PANEL = 12
"""About a dozen people where nobody said how many come."""
RED = ("flags", "maps", "songs", "images", "toasts")
"""What hosts leave out in any case; the words stand in the catalogues."""
_WORDED = {"karabakh-names": "names-of-places"}
"""Slug of a contested practice → the name of its words in the catalogues, where the slug itself is one side's form of a name."""
_CASE = "cases.jsonl slug "
"""How a source of an activity names a case of the library."""
_CAUTIONS = 2
"""Cautions of its activity that stand beside an element; what is proposed as an activity alone has all of them."""

Found = dict[str, tuple[HeritageElement, Provenance]]


def sides_at_table(q: Inquiry) -> tuple[SideAtTable, ...]:
    """The sides that are to meet, with the countries of their parties. Where the challenge lies in one country, a side without one is of it too."""
    whole = q.initiative.countries
    found = []
    for side in q.initiative.table:
        countries = frozenset(party.country for party in q.initiative.parties if party.side == side.id and party.country)
        if not countries and len(whole) == 1:
            countries = frozenset(whole)
        found.append(SideAtTable(side.id, countries, frozenset(side.languages)))
    return tuple(found)


def of_lists(q: Inquiry) -> Found:
    """Every element with where it comes from; our own table alone where the user's export cannot be read."""
    try:
        return {element.id: (element, source) for element, source in library.heritage(q.basis.shelf.heritage)}
    except UnreadableSource:
        return {element.id: (element, source) for element, source in library.heritage(None)}


def claims() -> tuple[Claim, ...]:
    return tuple(Claim(row.slug, row.camps, row.ich_ids, row.words) for row in load_contested())


def activities() -> tuple[Activity, ...]:
    return tuple(
        Activity(a.slug, a.moments, a.group_size, a.duration_minutes, a.hosted_by, a.shared_language, a.heritage_domains, a.evidence)
        for a in load_activities()
    )


def ladder_of(q: Inquiry, found: Found | None = None) -> Ladder:
    """What may be proposed to the sides of this initiative, rung by rung."""
    elements = [element for element, _ in (of_lists(q) if found is None else found).values()]
    venue = next((venue.place.country for venue in q.initiative.venues), None)
    return ladder(
        sides_at_table(q),
        elements,
        activities(),
        claims(),
        HOLDS_BACK,
        BRINGS,
        practices=[
            Practice(number, item.what, item.element, frozenset(item.practised_by), item.source is not None)
            for number, item in enumerate(q.initiative.shared_practices)
        ],
        host=None if venue in q.initiative.countries else venue,
        also=_homes(q),
        people=people(q),
        dishes=DISHES,
        avoid=ALCOHOL,
    )


def people(q: Inquiry) -> int:
    """How many take part: those invited, else as many as are wished for, else a dozen."""
    invited = sum(member.invited and member.person.kind == "person" for member in q.initiative.members)
    return invited or (q.initiative.wish.per_side or 0) * len(q.initiative.table) or PANEL


def _homes(q: Inquiry) -> frozenset[str]:
    """Countries from which the sides may come beside those of their parties: where the challenge lies, and the one home of a language of theirs."""
    tags = {tag for side in q.initiative.table for tag in side.languages}
    homes = [[country.alpha3 for country in q.basis.shelf.countries if tag in country.languages] for tag in sorted(tags)]
    return frozenset(chain(q.initiative.countries, *(home for home in homes if len(home) == 1)))


def offers(q: Inquiry) -> tuple[b.Culture, ...]:
    """What the brief itself offers, without what these sides claim against each other."""
    steps = ladder_of(q, {})
    return tuple(item for item in q.initiative.culture if not _is_claimed(item, steps))


def evenings(q: Inquiry) -> tuple[Message, ...]:
    """Activities for an evening for which nobody offers anything: nobody's heritage, so never a word that anybody claims."""
    found = [p.activity for p in ladder_of(q, {}).on("e") if p.activity and "evening" in p.activity.moments]
    return tuple(msg(f"activity.{activity.slug}") for activity in found)


def first_offer(q: Inquiry) -> Message:
    """What to begin with: the first activity that is nobody's heritage."""
    activity = ladder_of(q, {}).on("e")[0].activity
    assert activity is not None
    return msg(f"activity.{activity.slug}")


# -- findings -----------------------------------------------------------------------------------------------------------


def findings(q: Inquiry) -> Iterator[Finding]:
    """D9: from which rung the proposals begin, what stands on each, what is national and asked about, and what was left out."""
    found = of_lists(q)
    steps = ladder_of(q, found)
    yield from _offered(q, steps)
    yield from _in_common(q)
    yield from _practices(q, steps, found)
    if not steps.grounded:
        yield q.unknown("culture.starts-free", "D9", q.each_side(), "programme", sides=q.side_names(), places=q.place_names())
    for rung in dict.fromkeys(proposal.rung for proposal in steps.proposals):
        of_rung = steps.on(rung)
        evidence = dict.fromkeys(item for proposal in of_rung for item in _evidence(q, proposal, found))
        items = listing(_short(q, proposal) for proposal in of_rung)
        yield q.assumed(f"culture.proposal-{rung}", "D9", evidence, count=len(of_rung), items=items, ask=q.each_side(), decision="programme")
    if steps.national:
        elements = [element for element, _ in steps.national]
        sides = [side for side in q.initiative.table if any(side.id in whose for _, whose in steps.national)]
        yield q.unknown(
            "culture.ask-national",
            "D9",
            [q.of_side(side) for side in sides],
            "programme",
            evidence=[found[element.id][1].evidence(f"element {element.id}") for element in elements],
            sides=q.side_names(sides),
            items=listing(element.title for element in elements),
        )
    if steps.claims:
        yield q.known("culture.left-out", "D9", [CONTESTED.evidence()], severity="note", count=len(steps.claims), decision="programme")
    held = [activity for activity, _ in steps.held]
    if held:
        yield q.assumed(
            "culture.held-back",
            "D9",
            [ACTIVITIES.evidence()],
            count=len(held),
            items=listing(msg(f"activity.{activity.slug}") for activity in held),
            decision="programme",
        )


def _offered(q: Inquiry, steps: Ladder) -> Iterator[Finding]:
    """What the brief itself offers: nothing, not from every side, or something that the sides claim against each other."""
    offered = q.initiative.culture
    hosts = [item.host for item in offered]
    for side in q.initiative.table:
        if offered and side.id not in hosts:
            yield q.assumed(
                "culture.side-not-host", "D9", q.said(*offered), side=side.name, count=len(offered), ask=q.of_side(side), decision="programme"
            )
    if not offered:
        yield q.unknown("culture.none", "D9", q.each_side(), "programme", sides=q.side_names(), suggestion=first_offer(q))
    wishes: tuple[b.Culture | b.SharedPractice, ...] = (*offered, *q.initiative.shared_practices)
    for item in wishes:
        if _is_claimed(item, steps):
            yield q.known(
                "culture.contested-wish",
                "D9",
                [*q.said(item), CONTESTED.evidence()],
                severity="warning",
                what=item.what,
                sides=q.side_names(),
                next_step=msg("culture.ask-before-naming", sides=q.side_names()),
                decision="programme",
            )


def _in_common(q: Inquiry) -> Iterator[Finding]:
    """What the brief names for every side alike: a language, a religion, a community. It says where to ask, not what to propose."""
    table = q.initiative.table
    first = table[0]
    shared: list[Param] = [LanguageRef(language=tag) for tag in first.languages if all(tag in side.languages for side in table)]
    for field in ("religions", "communities"):
        others = [{name.casefold() for name in getattr(side, field)} for side in table]
        shared += [name for name in getattr(first, field) if all(name.casefold() in named for named in others)]
    if shared and len(table) > 1:
        yield q.assumed(
            "culture.in-common", "D9", q.said(*table), items=listing(shared), sides=q.side_names(), ask=q.each_side(), decision="programme"
        )


def _is_claimed(item: b.Culture | b.SharedPractice, steps: Ladder) -> bool:
    """True for a wish or a practice that the countries at the table claim against each other, by a word or by the number of its element."""
    number = item.element if isinstance(item, b.SharedPractice) else None
    return any(number in claim.elements or names(claim.words, item.what) for claim in steps.claims)


def _practices(q: Inquiry, steps: Ladder, found: Found) -> Iterator[Finding]:
    """What the evidence of the sides still lacks: a source, a side, a number that the lists know, the sides' own word."""
    placed = {element.id for proposal in steps.on("a") + steps.on("b") for element in proposal.elements}
    for item in q.initiative.shared_practices:
        if _is_claimed(item, steps):
            continue
        missing = [side for side in q.initiative.table if side.id not in item.practised_by]
        silent = [side for side in q.initiative.table if side.id not in item.asked]
        if item.source is None:
            yield q.unknown("culture.practice-unsourced", "D9", q.each_side(), "programme", evidence=q.said(item), what=item.what)
        elif missing and item.element not in placed:
            asked = [q.of_side(side) for side in missing]
            yield q.unknown("culture.practice-of-some", "D9", asked, "programme", evidence=q.said(item), what=item.what, sides=q.side_names(missing))
        elif silent:
            asked = [q.of_side(side) for side in silent]
            yield q.unknown("culture.practice-not-asked", "D9", asked, "programme", evidence=q.said(item), what=item.what, sides=q.side_names(silent))
        if item.element is not None and item.element not in found:
            yield q.unknown(
                "culture.no-element", "D9", q.convenor(), "programme", evidence=q.said(item), what=item.what, number=Quoted(quoted=item.element)
            )


# -- exhibits -----------------------------------------------------------------------------------------------------------


def exhibits(q: Inquiry) -> Iterator[AnyExhibit]:
    """D9: the proposals, each with its rung, reason, grade, cautions, host and source; and the red list for hosts."""
    found = of_lists(q)
    steps = ladder_of(q, found)
    yield Table(
        row="D9",
        title=msg("table.proposals"),
        evidence=tuple(dict.fromkeys(item for proposal in steps.proposals for item in _evidence(q, proposal, found))),
        header=tuple(msg(f"column.{name}") for name in ("what", "why", "cautions", "hosted-by", "grade", "moment")),
        cells=tuple(_line(q, proposal, found) for proposal in steps.proposals),
    )
    rows = [row for row in load_contested() if row.slug in {claim.slug for claim in steps.claims}]
    present = {country for side in sides_at_table(q) for country in side.countries} | _homes(q)
    yield Table(
        row="D9",
        title=msg("table.red-list"),
        evidence=(ACTIVITIES.evidence(), *(CONTESTED.evidence(row.source) for row in rows)),
        header=(msg("column.left-out"), msg("column.why")),
        cells=(
            *((term("red", name), msg(f"culture.red-{name}")) for name in RED),
            *(_red(row, present) for row in rows),
        ),
    )


def _red(row: Contested, present: Collection[str]) -> tuple[Param, ...]:
    claimants = sorted(set(row.parties).intersection(present))
    return term("contested", _WORDED.get(row.slug, row.slug)), msg("culture.red-claimed", countries=_countries(claimants))


def _line(q: Inquiry, proposal: Proposal, found: Found) -> tuple[Param, ...]:
    return (
        what(q, proposal),
        msg("culture.on-rung", rung=term("rung", proposal.rung), why=why(q, proposal)),
        joined(cautions(q, proposal)),
        term("hosted", proposal.host),
        msg("culture.by-source", grade=term("grade", proposal.evidence), sources=joined(sources(q, proposal, found))),
        moment(q, proposal),
    )


def moment(q: Inquiry, proposal: Proposal) -> Message:
    """When in the days it fits, for how many people and how long; a group that is larger or smaller than what it is made for is told."""
    if proposal.activity is None:
        return msg("culture.moment-open")
    (least, most), (short, long) = proposal.activity.group_size, proposal.activity.minutes
    coming = people(q)
    fitting = {"least": least, "most": most, "short": short, "long": long}
    moments = listing(term("moment", name) for name in proposal.activity.moments)
    if coming > most:
        return msg("culture.moment-many", moments=moments, people=coming, **fitting)
    if coming < least:
        return msg("culture.moment-few", moments=moments, people=coming, **fitting)
    return msg("culture.moment", moments=moments, **fitting)


def what(q: Inquiry, proposal: Proposal) -> Param:
    """What is proposed, with the activity that brings it into the days."""
    thing = _short(q, proposal)
    if proposal.rung == "e" or proposal.activity is None:
        return thing
    return msg("culture.by-way-of", what=thing, activity=msg(f"activity.{proposal.activity.slug}"))


def _short(q: Inquiry, proposal: Proposal) -> Param:
    if proposal.practice is not None:
        return proposal.practice.what
    if proposal.domain is not None:
        return msg("culture.pair", domain=term("domain", proposal.domain), items=listing(element.title for element in proposal.elements))
    if proposal.elements:
        return proposal.elements[0].title
    assert proposal.activity is not None
    return msg(f"activity.{proposal.activity.slug}")


def why(q: Inquiry, proposal: Proposal) -> Message:
    """On what the rung rests: states that inscribed it, states where it lives, sides that the brief names."""
    sides = q.side_names([side for side in q.initiative.table if side.id in proposal.by_evidence])
    element = proposal.elements[0] if proposal.elements else None
    if proposal.rung == "e":
        return msg("culture.why-nobodys")
    if element is None:
        return msg("culture.why-practised", sides=sides)
    states = _countries(element.countries)
    if proposal.rung == "c":
        return msg("culture.why-pair", countries=_countries(country for e in proposal.elements for country in e.countries))
    if proposal.rung == "d":
        return msg("culture.why-host", countries=states)
    if proposal.by_evidence:
        return msg("culture.why-evidence", countries=states, sides=sides)
    if proposal.rung == "a":
        return msg("culture.why-joint", countries=states)
    return msg("culture.why-also", countries=states, others=_countries(element.also_practised))


def cautions(q: Inquiry, proposal: Proposal) -> tuple[Message, ...]:
    """What to mind: of the rung first, then of dishes, then of the activity."""
    own: list[Message] = []
    if proposal.rung != "e":
        own.append(msg(f"culture.caution-{proposal.rung}"))
    if proposal.dish:
        own.append(msg("culture.caution-dish"))
    if proposal.activity is None:
        return tuple(own)
    given = len(_kind(proposal.activity).cautions)
    shown = given if proposal.rung == "e" else min(given, _CAUTIONS)
    return (*own, *(msg(f"activity.{proposal.activity.slug}.caution-{number}") for number in range(1, shown + 1)))


def sources(q: Inquiry, proposal: Proposal, found: Found) -> tuple[Message, ...]:
    """Where it stands, with the day for which each source speaks."""
    said = [
        msg("culture.source-element", dataset=Quoted(quoted=source.dataset), number=Quoted(quoted=element.id), day=source.as_of)
        for element, source in (found[element.id] for element in proposal.elements)
    ]
    if proposal.practice is not None:
        citation = q.initiative.shared_practices[proposal.practice.number].source
        assert citation is not None
        text = ", ".join(filter(None, (citation.title, citation.publisher, str(citation.date) if citation.date else None)))
        said.append(msg("culture.source", text=Quoted(quoted=text), day=q.initiative.opening.written))
    if proposal.activity is not None and not said:
        said += [_source(text) for text in dict.fromkeys(source.text for source in _kind(proposal.activity).sources if source.seen)]
    return tuple(said)


def _source(text: str) -> Message:
    if text.startswith(_CASE):
        slug = text.removeprefix(_CASE)
        name = next((case.name for case in load_cases() if case.id == slug), slug)
        return msg("culture.source-case", case=Quoted(quoted=name), day=ACTIVITIES.as_of)
    return msg("culture.source", text=Quoted(quoted=text), day=ACTIVITIES.as_of)


def _evidence(q: Inquiry, proposal: Proposal, found: Found) -> tuple[Evidence, ...]:
    of_elements = tuple(found[element.id][1].evidence(f"element {element.id}") for element in proposal.elements)
    said = [q.initiative.shared_practices[proposal.practice.number]] if proposal.practice is not None else []
    if proposal.by_evidence:
        numbers = {element.id for element in proposal.elements}
        said += [item for item in q.initiative.shared_practices if item.element in numbers and item.source]
    of_brief = q.said(*said) if said else ()
    of_activity = (ACTIVITIES.evidence(proposal.activity.slug),) if proposal.rung == "e" and proposal.activity else ()
    return (*of_elements, *of_brief, *of_activity)


def joined(sentences: Sequence[Message]) -> Message:
    """Several sentences as one parameter, one after the other."""
    return reduce(lambda before, after: msg("culture.then", before=before, after=after), sentences)


def _kind(activity: Activity) -> SharedActivity:
    return next(kind for kind in load_activities() if kind.slug == activity.slug)


def _countries(codes: Iterable[str]) -> Param:
    return listing(CountryRef(country=code) for code in codes)
