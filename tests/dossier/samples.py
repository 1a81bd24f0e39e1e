"""A released initiative made by hand: every kind of parameter and exhibit, and words that try to break the page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tracktwo.model.exhibit import (
    AnyExhibit,
    Day,
    Edge,
    Graph,
    Link,
    MonthOfMoney,
    Node,
    Point,
    PointsMap,
    Programme,
    Runway,
    Section,
    Series,
    Slot,
    Table,
    Theory,
    Trend,
)
from tracktwo.model.finding import (
    CountryRef,
    Evidence,
    Finding,
    Kind,
    LanguageRef,
    Listing,
    Message,
    Money,
    Month,
    Param,
    PersonRef,
    Severity,
    Term,
)
from tracktwo.model.rows import CONSIDERATIONS, ROWS
from tracktwo.model.world import Provenance, SourceState
from tracktwo.record.gate import Released, ReleasedPerson

AS_OF = date(2026, 3, 4)
SCRIPT = "<script>alert('x')</script>"
ARABIC = "مجلس شيوخ الضفة الغربية للنهر (٢٠٢٤)"
LONG = "Wasserwirtschaftsverbandsversammlungsgeschäftsordnungsänderungsantrag" * 2
QUOTES = "\"><img src=x onerror='alert(1)'> & {braces} 🕊️"


def catalogue() -> str:
    """A catalogue of messages for the samples, in the form of the catalogues of the considerations."""
    return """
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "sample.parties"
msgid_plural "sample.parties"
msgstr[0] "{count} party is named: {parties}."
msgstr[1] "{count} parties are named: {parties}."

msgid "sample.every"
msgstr "{country}: {person} may spend {money} by {month}; speaks {language}; stage {term}; yes or no: {flag}; "
"{whole} people, {decimal} share, on {day}. {listing}."

msgid "sample.plain"
msgstr "{text} said so."

msgid "sample.open"
msgstr "Nobody has said who of {side} can speak for the herders' association, and whether they were asked."

msgid "sample.stand"
msgstr "Firm money ends in {month}, four months before the last of the rounds that are planned; {reason}"

msgid "sample.step"
msgstr "Ask {who} for a signed letter before the first invitation leaves."

msgid "sample.title"
msgstr "{what}"

msgid "sample.heading"
msgstr "Needs and fears"
"""


def message(code: str, **params: Param) -> Message:
    return Message(code=f"sample.{code}", params=params)


def evidence(locator: str = "line 12", publisher: str = "River Institute") -> Evidence:
    return Evidence(
        publisher=publisher,
        dataset="brief",
        version="brief/1",
        locator=locator,
        as_of=AS_OF,
        url="https://example.org/a?b=c&d=<e>",
        licence="CC BY 4.0",
    )


EVERY = message(
    "every",
    country=CountryRef(country="CAF"),
    person=PersonRef(person="A-01"),
    money=Money(amount=Decimal("120000"), currency="EUR"),
    month=Month(month="2026-11"),
    language=LanguageRef(language="sg"),
    term=Term(term="stage.filtering-ideas-home"),
    flag=True,
    whole=1234,
    decimal=Decimal("0.25"),
    day=AS_OF,
    listing=Listing(items=("Kana Herders", CountryRef(country="SUN"), message("plain", text=ARABIC))),
)


def finding(row: str, said: Message, kind: Kind = "assumed", severity: Severity = "info", rows: str = "", **rest: object) -> Finding:
    return Finding.model_validate(
        {"message": said, "rows": (row, *rows.split()), "kind": kind, "severity": severity, "as_of": AS_OF, "evidence": (), **rest}
    )


def _assessment() -> tuple[Finding, ...]:
    return (
        finding(
            "A1", message("parties", count=3, parties=Listing(items=("Kana Herders", "Town of Old Ford", ARABIC))), "known", evidence=(evidence(),)
        ),
        finding("A1", message("parties", count=1, parties=SCRIPT), "assumed", evidence=(evidence("line 12"), evidence("lines 3, 9"))),
        finding("A2", EVERY, "conflicting", "warning", rows="A3 B7", evidence=(evidence(publisher="UCDP"), evidence("row 77"))),
        finding(
            "A3",
            message("open", side="the East Bank"),
            "unknown",
            "serious",
            ask=("the elders of Old Ford", Term(term="who.facilitator"), PersonRef(person="A-01")),
            decision=Term(term="decision.agenda"),
            next_step=message("step", who="the elders"),
        ),
        finding("A4", message("plain", text=QUOTES), "known", evidence=(evidence(QUOTES),)),
        finding("A5", message("plain", text=LONG), "assumed"),
        finding("A6", message("plain", text=ARABIC), "conflicting", evidence=(evidence("سطر ٣"),)),
    )


def _feasibility() -> tuple[Finding, ...]:
    reason = message("plain", text="the treasurer")
    return (
        finding(
            "B5",
            message("stand", month=Month(month="2027-03"), reason=reason),
            "known",
            "serious",
            rows="D12",
            evidence=(evidence(),),
            next_step=message("step", who=ARABIC),
            decision=Term(term="decision.budget"),
        ),
    )


def _open(row: str) -> Finding:
    return finding(row, message("open", side=f"side {row}"), "unknown", ask=(Term(term="who.convenor"),), decision=Term(term="decision.go-no-go"))


def trend() -> Trend:
    years = tuple(range(2004, 2025))
    state = tuple((year * 37) % 400 if year % 5 else None for year in years)
    return Trend(
        row="A2",
        title=message("title", what="Deaths from organised violence"),
        years=years,
        series=(
            Series(name=Term(term="kind.known"), values=state),
            Series(name="non-state", values=tuple((year * 13) % 150 for year in years)),
            Series(name=ARABIC, values=tuple((year * 7) % 60 for year in years)),
        ),
        unit=message("title", what="People killed"),
        evidence=(evidence("rows 1-40", "UCDP"),),
    )


def graph() -> Graph:
    nodes = (
        Node(id="kana", label="Kana Herders' Union", group="west", shape="party"),
        Node(id="ford", label="Town of Old Ford", group="east", shape="party"),
        Node(id="elders", label=ARABIC, group="west"),
        Node(id="prefect", label="Prefect of the River District", shape="decision"),
        Node(id="radio", label="Radio Deux Rives", group=None),
        Node(id="team", label="River Institute", shape="team"),
        Node(id="a1", label=PersonRef(person="A-01"), group="west", shape="person"),
        Node(id="b1", label=PersonRef(person="B-01"), group="east", shape="person"),
        Node(id="fish", label="Fishers' Cooperative of the Lower East Bank and its Seven Villages", group="east"),
        Node(id="market", label=SCRIPT, group="east"),
        Node(id="militia", label="Ford Night Watch", group="east"),
        Node(id="traders", label="Cattle Traders", group="west"),
    )

    def edge(source: str, target: str, kind: str, *, mutual: bool = True, hostile: bool = False) -> Edge:
        return Edge(source=source, target=target, label=Term(term=f"relation.{kind}"), mutual=mutual, hostile=hostile)

    edges = (
        edge("kana", "ford", "rivals", hostile=True),
        edge("militia", "kana", "fights", mutual=False, hostile=True),
        edge("elders", "kana", "commands", mutual=False),
        edge("ford", "prefect", "talks-to"),
        edge("a1", "elders", "family"),
        edge("b1", "fish", "trusts", mutual=False),
        edge("traders", "market", "trades-with"),
        edge("team", "a1", "talks-to"),
        edge("team", "b1", "talks-to"),
        edge("radio", "prefect", "finances", mutual=False),
    )
    groups: tuple[tuple[str, Param], ...] = (("west", "West Bank herders"), ("east", "East Bank towns"))
    return Graph(row="A1", title=message("title", what="Who is related to whom"), nodes=nodes, edges=edges, groups=groups, evidence=(evidence(),))


def theory() -> Theory:
    links = (
        Link(
            id="meet",
            if_="elders of both banks meet away from the river four times",
            then="they speak of water as a shared need",
            assumes="the elders are free to come",
        ),
        Link(
            id="map",
            if_="herders and farmers draw one map of the routes together",
            then="each side knows which routes the other cannot give up",
            state="supported",
        ),
        Link(
            id="plan",
            if_="they speak of water as a shared need and have one map",
            then="a calendar of passage is written",
            after=("meet", "map"),
            assumes=ARABIC,
        ),
        Link(
            id="prefect",
            if_="the calendar is shown to the prefect before the dry season",
            then="it is tried in two villages",
            after=("plan",),
            state="mixed",
        ),
        Link(id="press", if_=SCRIPT, then=LONG, after=("meet",), state="contradicted"),
    )
    return Theory(row="C3", title=message("title", what="If this, then that"), links=links, evidence=(evidence(),))


def runway() -> Runway:
    months, firm, promised = [], 62000, 62000
    for number in range(18):
        year, month = divmod(number + 3, 12)
        meeting = {2: 1, 7: 2, 12: 3, 16: 4}.get(number)
        spent = 1500 + (22000 if meeting else 0)
        firm -= spent
        promised += (40000 if number == 6 else 0) - spent
        months.append(MonthOfMoney(month=f"{2026 + year}-{month + 1:02d}", firm=firm, promised=promised, meeting=meeting))
    return Runway(
        row="B5", title=message("title", what="Money, month by month"), currency="EUR", months=tuple(months), ends="2027-04", evidence=(evidence(),)
    )


def programme() -> Programme:
    def slot(start: str, end: str, what: Param, kind: str, stage: str | None = None) -> Slot:
        return Slot.model_validate({"start": start, "end": end, "what": what, "kind": kind, "stage": Term(term=f"stage.{stage}") if stage else None})

    days = tuple(
        Day(
            number=number,
            date=f"2026-05-{11 + number:02d}",
            heading=message("heading"),
            slots=(
                slot("07:00", "08:00", "Breakfast together", "meal"),
                slot("08:30", "10:15", "What each side needs and fears", "session", "socialising"),
                slot("10:15", "10:45", "Tea", "break"),
                slot("10:45", "12:15", "Listening in pairs across the river", "session"),
                slot("12:15", "12:45", ARABIC, "observance"),
                slot("12:45", "14:00", "Lunch, cooked by the East Bank", "meal"),
                slot("14:00", "15:00", "Quiet time", "quiet"),
                slot("15:00", "16:30", SCRIPT if number == 2 else "Joint thinking", "session", "policy-adjustment"),
                slot("16:30", "16:40", "Short break", "break"),
                slot("16:40", "18:00", "Walk to the old ford and the weaving house", "culture"),
                slot("18:15", "18:30", "Prayer", "observance"),
                slot("21:00", "22:00", "Team debrief", "team"),
            ),
        )
        for number in (1, 2, 3)
    )
    return Programme(row="D6", title=message("title", what="The first meeting, day by day"), days=days, evidence=(evidence(),))


def points() -> PointsMap:
    events = tuple(Point(latitude=4 + (n * 37 % 50) / 10, longitude=16 + (n * 53 % 80) / 10, kind="event", weight=1 + n % 9 * 4) for n in range(70))
    named = (
        Point(latitude=4.36, longitude=18.55, label="Bangui", kind="place"),
        Point(latitude=4.9, longitude=16.0, label="Carnot, hôtel du fleuve", kind="venue"),
        Point(latitude=3.87, longitude=11.52, label="Yaoundé", kind="venue"),
        Point(latitude=4.31, longitude=18.62, label=ARABIC, kind="place"),
        Point(latitude=9.06, longitude=7.49, label="Abuja", kind="seat"),
    )
    return PointsMap(
        row="B7", title=message("title", what="Where it happens, where to meet"), points=(*events, *named), evidence=(evidence("2024", "UCDP"),)
    )


def table(*, personal: bool = False) -> Table:
    return Table(
        row="B6",
        title=message("title", what="Who can reach which venue"),
        header=(message("title", what="Person"), message("title", what="Yaoundé"), message("title", what="Cost")),
        cells=(
            (PersonRef(person="A-01"), Term(term="entry.visa-required"), Money(amount=Decimal("1250.50"), currency="XAF")),
            (SCRIPT, Term(term="entry.no-admission"), Money(amount=Decimal(0), currency="XAF")),
            (ARABIC, LONG, 12345),
        ),
        evidence=(evidence(),),
        personal=personal,
    )


EXHIBITS: dict[str, tuple[AnyExhibit, ...]] = {
    "assessment": (graph(), trend()),
    "feasibility": (runway(), table(), points()),
    "strategy": (theory(),),
    "process": (programme(),),
}


def released(*, names: bool = False, fictional: bool = True, exhibits: bool = True, findings: bool = True) -> Released:
    """The initiative of two river banks; every row that no written finding answers is an open question."""
    written = {"assessment": _assessment(), "feasibility": _feasibility()}
    sections = []
    for consideration in CONSIDERATIONS:
        own = written.get(consideration, ()) if findings else ()
        answered = {row for found in own for row in found.rows}
        rest = tuple(_open(row) for row in ROWS[consideration] if row not in answered and row != "F12") if findings else ()
        shown = EXHIBITS.get(consideration, ()) if exhibits else ()
        sections.append(Section(consideration=consideration, findings=(*own, *rest), exhibits=shown))
    provenance = Provenance("UCDP", "Georeferenced events", "25.1", date(2024, 12, 31), "CC BY 4.0", "https://ucdp.example/", own_download=True)
    return Released(
        title="Water, paths and the two banks of the river Kana",
        purpose="A first meeting of elders, herders and farmers, away from the river, to find a calendar of passage that both banks can live with.",
        summary=f"Since the drought the routes to the water cross new fields. {ARABIC} {QUOTES}",
        challenge="shared resource",
        language="en",
        fictional=fictional,
        names_people=names,
        convenor="River Institute",
        written=date(2026, 2, 20),
        as_of=AS_OF,
        software="tracktwo 0.1.0",
        sides=(("west", "West Bank herders"), ("east", "East Bank towns")),
        people=(
            ReleasedPerson(code="T-01", name="Zebulon Quill" if names else None, kind="person", sides=(), invited=False, fictional=True),
            ReleasedPerson(code="A-01", name=f"Amina {SCRIPT}" if names else None, kind="person", sides=("west",), invited=True, fictional=True),
            ReleasedPerson(code="B-01", name=ARABIC if names else None, kind="person", sides=("east",), invited=True, fictional=True),
            ReleasedPerson(
                code="O-01", name="Fishers" if names else None, kind="organisation", sides=("west", "east"), invited=True, fictional=False
            ),
        ),
        sections=tuple(sections),
        sources=(
            SourceState("events", "ready", provenance, rows=123456),
            SourceState("passports", "absent", reason=f"no file was found; {SCRIPT}"),
            SourceState("deaths", "old", Provenance("UCDP", "Organised violence", "22.1", date(2021, 12, 31), "CC BY 4.0")),
        ),
    )
