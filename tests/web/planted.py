"""A word of its own in each of the eight rooms, and who may read which: what every page of every role is searched for."""

from __future__ import annotations

from datetime import date

from tests.recording import note
from tests.web.house import ROLES, House
from tracktwo.model.brief import CounselSaid, CountryIndex, EntryRuleStated, Exposure, FollowUp, GroundRule, Harm, Issue, Retention, Tool, VenueAnswer
from tracktwo.record.ballots import Caster
from tracktwo.record.care import Decision, DecisionSigned, Travel, TravelNoted
from tracktwo.record.convening import Panel, PanelSettled, RoomPlan, RoomsPlanned
from tracktwo.record.entries import (
    CounselAnswered,
    EntryRuleFound,
    ExposureNoted,
    FollowUpAgreed,
    GroundRuleSet,
    HarmForeseen,
    IndexEntered,
    IssueRaised,
    RetentionSet,
    ToolNoted,
    VenueAnswered,
)
from tracktwo.record.entry import BaseEntry
from tracktwo.record.living import ProgrammeEntered, SessionPlanned, StatementMade, SurveyAnswered, SurveyAsked, VotingOpened, WorryTold
from tracktwo.record.returned import Answer, Answers, Question, Survey, Wording, Worry
from tracktwo.record.screening import ScreeningDecided, Verdict
from tracktwo.record.sessions import Item, Session
from tracktwo.record.statements import Ballot, Statement
from tracktwo.web import clock, desk

WORDS = {
    "team": "QUAGGA",
    "logistics": "OKAPI",
    "plenary": "TAPIR",
    "caucus:north": "IBEX",
    "caucus:south": "KUDU",
    "sealed": "NARWHAL",
    "ballots": "",
    "surveys": "AXOLOTL",
}
"""Room → the word that stands in it. A vote has no words: for the ballots it is the number of votes that must appear nowhere."""

STEWARDS = {"convenor", "facilitator"}
READERS = {
    "team": STEWARDS,
    "logistics": STEWARDS | {"logistics"},
    "plenary": STEWARDS | {"participant A", "participant B", "evaluator", "interpreter"},
    "caucus:north": STEWARDS | {"participant A"},
    "caucus:south": STEWARDS | {"participant B"},
    "sealed": STEWARDS | {"participant A"},  # who wrote it reads it again
    "ballots": set(),
    "surveys": STEWARDS | {"participant B"},
}
"""Room → the roles that hold its key, or wrote what stands in it."""

NAMES = ("Zelda Northbank", "Zelda Southbank")
NAMED_TO = STEWARDS | {"logistics"}


def plant(home: House) -> str:
    """Put the words into the rooms, and six votes on a statement. Returns the id of the statement."""
    on = clock.today()
    for room in ("team", "caucus:north", "caucus:south", "plenary"):
        home.write("convenor", IssueRaised(room=room, on=on, lamport=0, body=Issue(name=f"The {WORDS[room]}")))
    home.write(
        "convenor",
        TravelNoted(
            on=on, lamport=0, about="A-01", body=Travel(person="A-01", name="Zelda Northbank", needs=WORDS["logistics"], diet=WORDS["logistics"])
        ),
    )
    home.write("convenor", *_concerning_people(on))
    for side in ("north", "south"):
        room = f"caucus:{side}"
        home.write(
            "convenor", StatementMade(room=room, on=on, lamport=0, body=Statement(text=f"In our caucus the {WORDS[room]}", language="en", number=1))
        )
    statement, survey = home.write(
        "convenor",
        StatementMade(room="plenary", on=on, lamport=0, body=Statement(text=f"We all saw the {WORDS['plenary']}", language="en", number=1)),
        SurveyAsked(
            room="plenary",
            on=on,
            lamport=0,
            body=Survey(
                titles=(Wording(language="en", text="After the first day"),),
                questions=(Question(key="one", kind="text", wordings=(Wording(language="en", text="What stayed with you?"),)),),
            ),
        ),
    )
    home.write(
        "convenor",
        SessionPlanned(
            on=on, lamport=0, body=Session(session="First session", stage="needs and fears", day=on, start="09:00", end="10:30", zone="Europe/Rome")
        ),
        ProgrammeEntered(on=on, lamport=0, body=Item(kind="meal", what="Lunch", day=on, start="12:30", end="14:00", zone="Europe/Rome")),
        GroundRuleSet(room="plenary", on=on, lamport=0, body=GroundRule()),
        note("Water matters to both", speaker="A-01"),
        FollowUpAgreed(on=on, lamport=0, body=FollowUp(what="Send the maps")),
        DecisionSigned(
            on=on,
            lamport=0,
            body=Decision(decision="go", reason="Both sides asked for it", signed_by=("Convenor",), as_of=on, software="tracktwo", findings="0" * 64),
        ),
    )
    home.write("convenor", VotingOpened(room="plenary", on=on, lamport=0, body=Ballot(statements=(statement,))))
    home.write("participant A", WorryTold(on=on, lamport=0, body=Worry(text=f"I fear the {WORDS['sealed']}", language="en")))
    home.write(
        "participant B", SurveyAnswered(on=on, lamport=0, body=Answers(survey=survey, answers=(Answer(question="one", text=WORDS["surveys"]),)))
    )
    for role, vote in (("participant A", "agree"), ("participant B", "disagree")):
        Caster.of(home.people[role].record).cast(desk.store(), statement, "plenary", vote)  # type: ignore[arg-type]
    paper = Caster.of(home.people["convenor"].record)
    for number, vote in enumerate(("agree", "agree", "agree", "disagree")):
        paper.for_paper(f"paper {number}").cast(desk.store(), statement, "plenary", vote)  # type: ignore[arg-type]
    desk.forget_everything()
    return statement


def _concerning_people(on: date) -> tuple[BaseEntry, ...]:
    """A fact of each type of which one may hang: what was found of people, places and law, in the team's room, and a case that was decided."""
    word = WORDS["team"]
    said = {"source": f"A friend of the {word}", "as_of": on}
    case = {
        "person": "A-01", "list_key": "un", "entry": "CFi.901", "name": word, "met": "Zelda Northbank", "entry_digest": "0" * 64,
        "person_digest": "0" * 64, "score": 0.9, "band": "likely",
    }  # fmt: skip
    rooms = {
        "title": f"Rooms of the {word}", "people": ({"person": "A-01"}, {"person": "B-01"}), "signed_by": "Convenor",
        "rounds": ({"rooms": (("A-01", "B-01"),), "interpreters": ("",), "facilitators": ((),)},),
    }  # fmt: skip
    decided = {"outcome": "somebody else", "reason": f"Another {word}", "asked": "asked", "signed_by": ("Zelda One",)}
    return (
        VenueAnswered(on=on, lamport=0, body=VenueAnswer(venue=f"Inn of the {word}", country="SEN", side="south", answer="refuses", date=on)),
        EntryRuleFound(
            on=on, lamport=0, about="A-01", body=EntryRuleStated(country="SEN", rule="exit ban", person="A-01", note=f"By the {word}", **said)
        ),
        ExposureNoted(on=on, lamport=0, about="A-01", body=Exposure(person="A-01", country="SEN", kind="warrant", note=f"For a {word}", **said)),
        IndexEntered(on=on, lamport=0, body=CountryIndex(name=f"Index of the {word}", country="SEN", value="3 of 7", **said)),
        CounselAnswered(on=on, lamport=0, body=CounselSaid(question=f"May we feed a {word}?", answer=f"Only a {word}", by="Counsel", date=on)),
        HarmForeseen(on=on, lamport=0, body=Harm(what=f"A {word} is taken for a spy", to="whoever crosses")),
        ToolNoted(on=on, lamport=0, body=Tool(what=f"A messenger called {word}", used_for="times of boats")),
        RetentionSet(on=on, lamport=0, body=Retention(what="travel papers", days=14, why=f"The {word} asked for it")),
        ScreeningDecided(on=on, lamport=0, about="A-01", body=Verdict.model_validate(case | decided)),
        PanelSettled(on=on, lamport=0, body=Panel(people=("A-01", "B-01"), signed_by=f"A {word}")),
        RoomsPlanned(on=on, lamport=0, body=RoomPlan.model_validate(rooms)),
    )


def leaks(body: str, role: str) -> list[str]:
    """Rooms whose word stands in a page of a role that may not read it, and names where people are codes."""
    found = [room for room, word in WORDS.items() if word and word in body and role not in READERS[room]]
    return found + [name for name in NAMES if name in body and role not in NAMED_TO]


__all__ = ["NAMES", "READERS", "ROLES", "WORDS", "leaks", "plant"]
