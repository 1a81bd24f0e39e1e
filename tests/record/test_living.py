"""What an initiative needs once it lives: each type can be read again, stands only where it belongs, and says nothing that cannot be."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from tests.recording import opening
from tracktwo.model.base import Noun
from tracktwo.record import living as v
from tracktwo.record.care import (
    Contact,
    Decision,
    Freezing,
    Happening,
    LeakPlan,
    LinkSeen,
    Neutral,
    NeutralItem,
    Reentry,
    Reflection,
    Snapshot,
    Travel,
)
from tracktwo.record.entries import ENTRY_TYPES, read_entry
from tracktwo.record.entry import BaseEntry
from tracktwo.record.hub import Availability, Expert, Hub, Proposed, Replied, Request, Sent
from tracktwo.record.initiative import replay
from tracktwo.record.returned import Answer, Answers, NamesRefusal, Question, RulesAnswer, Survey, Wording, Worry, worded
from tracktwo.record.sessions import STAGES, Item, Session
from tracktwo.record.statements import Ballot, Proposal, Statement, Translation, statements_of

DAY = date(2026, 11, 26)
SECOND = datetime(2026, 11, 26, 12, tzinfo=UTC)
ID = "0" * 32
TIMES = {"day": DAY, "start": "09:00", "end": "10:30", "zone": "Africa/Tunis"}
WORDS = (Wording(language="en", text="How safe did you feel?"), Wording(language="fr", text="Vous sentiez-vous en sécurité ?"))
QUESTION = Question(key="safe", kind="scale", wordings=WORDS)
SESSION = Session(session="first", stage="needs and fears", neutral="Seminar", **TIMES)
BODIES: dict[str, Noun] = {
    "AvailabilityTold": Availability(start=DAY, end=DAY, willing=True, consent_to_be_asked=True),
    "ContactMade": Contact(person="A-01", day=DAY, by="Facilitator", how="telephone"),
    "DecisionSigned": Decision(decision="go", reason="Both sides came", signed_by=("Convenor",), as_of=DAY, software="0.1", findings="0" * 64),
    "HubOpened": Hub(name="Hub"),
    "InvitationAnswered": Replied(request=ID, person="A-01", answer="no"),
    "InvitationSent": Sent(request=ID, person="A-01"),
    "LeakPlanAgreed": LeakPlan(steps=("Call each other",), spokesperson="convenor", line="We do not comment."),
    "NamesRefused": NamesRefusal(asked_for="people"),
    "NeutralAgreed": Neutral(title="Seminar", items=(NeutralItem(what="meal", **TIMES),), agreed_with=("A-01", "north")),
    "ProgrammeEntered": Item(kind="prayer", what="Friday prayer", **TIMES),
    "PublishingFrozen": Freezing(because_of=ID),
    "PublishingResumed": Freezing(reason="It was a rehearsal"),
    "ReentryAgreed": Reentry(person="A-01", plan="Nothing is said at home", every_days=14),
    "RequestReceived": Request(title="Urgent", sides=2, days=5, languages=("ar", "fr", "en"), country="TUN"),
    "RosterEntered": Expert(person="A-01", name="Somebody (fictional)", nationalities=("TUN",)),
    "RulesAnswered": RulesAnswer(accepted=False, rules=(ID,)),
    "SessionPlanned": SESSION,
    "SnapshotTaken": Snapshot(day=DAY, reflections=(Reflection(question="What surprised us?", answer="Silence"),)),
    "SomethingHappened": Happening(kind="leak"),
    "StatementMade": Statement(text="The bridge should open", language="en", number=1),
    "StatementProposed": Proposal(text="The bridge should open", language="en"),
    "SurveyAnswered": Answers(survey=ID, answers=(Answer(question="safe", value=4),)),
    "SurveyAsked": Survey(titles=WORDS, questions=(QUESTION,)),
    "TeamProposed": Proposed(request=ID, people=("A-01",)),
    "TranslationOffered": Translation(statement=ID, language="fr", text="Le pont devrait ouvrir", status="machine"),
    "TravelNoted": Travel(person="A-01", name="Somebody (fictional)"),
    "VotingClosed": Ballot(statements=(ID,)),
    "VotingOpened": Ballot(statements=(ID,)),
    "WorryTold": Worry(text="Somebody follows me", language="ar"),
}
TYPES = {cls.__name__: cls for cls in v.LIVING}
ABOUT_ONE = ("ContactMade", "InvitationAnswered", "InvitationSent", "ReentryAgreed", "RosterEntered", "TravelNoted")


def entry(name: str, body: Noun | None = None, **fields: object) -> BaseEntry:
    told: dict[str, object] = {"on": DAY, "lamport": 1, "body": body or BODIES[name]}
    told |= {"about": "A-01"} if name in ABOUT_ONE else {}
    told |= {"at": SECOND} if name == "RequestReceived" else {}
    return TYPES[name](**(told | fields))


def test_every_type_has_an_example_here_and_can_be_read_by_the_record() -> None:
    assert sorted(BODIES) == sorted(TYPES) == sorted(set(v.__all__) - {"LIVING"})
    assert set(v.LIVING) <= set(ENTRY_TYPES)


@pytest.mark.parametrize("name", sorted(BODIES))
def test_what_is_stored_is_read_again_and_leaves_the_initiative_as_the_brief_made_it(name: str) -> None:
    made = entry(name)
    back = read_entry(made.stored())
    assert isinstance(back, TYPES[name])
    assert (back.stored(), back.id, back.body) == (made.stored(), made.id, made.body)
    assert replay([opening(), made]) == replay([opening()])


@pytest.mark.parametrize(
    ("name", "rooms"),
    [
        ("SessionPlanned", {"team", "plenary", "caucus:north"}),
        ("ProgrammeEntered", {"team", "plenary", "caucus:north"}),
        ("SnapshotTaken", {"team", "plenary", "caucus:north"}),
        ("StatementMade", {"plenary", "caucus:north"}),
        ("TranslationOffered", {"plenary", "caucus:north"}),
        ("VotingOpened", {"plenary", "caucus:north"}),
        ("VotingClosed", {"plenary", "caucus:north"}),
        ("SurveyAsked", {"plenary", "caucus:north"}),
        ("NeutralAgreed", {"plenary"}),
        ("LeakPlanAgreed", {"plenary"}),
        ("StatementProposed", {"sealed"}),
        ("RulesAnswered", {"sealed"}),
        ("WorryTold", {"sealed"}),
        ("NamesRefused", {"sealed"}),
        ("SurveyAnswered", {"surveys"}),
        ("AvailabilityTold", {"surveys"}),
        ("SomethingHappened", {"team", "sealed"}),
        ("TravelNoted", {"logistics"}),
        *[
            (name, {"team"})
            for name in (
                "ContactMade",
                "DecisionSigned",
                "HubOpened",
                "InvitationAnswered",
                "InvitationSent",
                "PublishingFrozen",
                "PublishingResumed",
                "ReentryAgreed",
                "RequestReceived",
                "RosterEntered",
                "TeamProposed",
            )
        ],
    ],
)
def test_each_type_stands_in_its_own_rooms_and_in_no_other(name: str, rooms: set[str]) -> None:
    accepted = set()
    for room in ("team", "logistics", "plenary", "caucus:north", "sealed", "ballots", "surveys"):
        try:
            entry(name, room=room)
        except ValidationError:
            continue
        accepted.add(room)
    assert accepted == rooms
    assert entry(name).room in rooms


@pytest.mark.parametrize("name", ABOUT_ONE)
def test_what_is_about_a_person_goes_when_the_person_is_erased(name: str) -> None:
    assert entry(name).key_label == ("author", "convenor", "A-01")
    for about in (None, "A-02"):
        with pytest.raises(ValidationError, match="about the person"):
            entry(name, about=about)


@pytest.mark.parametrize(
    ("start", "end", "fine"),
    [("09:00", "10:30", True), ("10:30", "09:00", False), ("09:00", "09:00", False), ("9:00", "10:00", False), ("23:00", "24:00", False)],
)
def test_a_session_has_times_of_one_day_in_order(start: str, end: str, fine: bool) -> None:
    times = TIMES | {"start": start, "end": end}
    if fine:
        assert Session(session="first", stage="other", **times).start == start
    else:
        with pytest.raises(ValidationError):
            Session(session="first", stage="other", **times)


@pytest.mark.parametrize("zone", ["UTC", "Africa/Tunis", "America/Argentina/Buenos_Aires", "Etc/GMT+3"])
def test_a_zone_is_read_by_its_form_so_that_an_old_record_opens_where_it_is_not_known(zone: str) -> None:
    assert Session(session="first", stage="other", **TIMES | {"zone": zone}).zone == zone


@pytest.mark.parametrize("zone", ["", "+01:00", "Africa/Tunis;", "a/b/c/d/e"])
def test_what_cannot_be_the_name_of_a_zone_is_refused(zone: str) -> None:
    with pytest.raises(ValidationError):
        Session(session="first", stage="other", **TIMES | {"zone": zone})


def test_the_stages_stand_in_the_order_in_which_a_workshop_goes() -> None:
    assert STAGES[:4] == ("needs and fears", "joint thinking", "constraints", "overcoming constraints")


def test_the_clock_of_a_request_starts_with_it() -> None:
    with pytest.raises(ValidationError, match="clock starts"):
        entry("RequestReceived", at=None)


def test_only_in_the_teams_room_does_what_happened_have_a_second() -> None:
    assert entry("SomethingHappened", at=SECOND).at == SECOND
    with pytest.raises(ValidationError, match="exact time"):
        entry("SomethingHappened", room="sealed", at=SECOND)


def test_a_decision_is_followed_and_never_replaced() -> None:
    with pytest.raises(ValidationError):
        entry("DecisionSigned", replaces=(ID,))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Snapshot(day=DAY),
        lambda: Statement(text="x" * 1001, language="en", number=1),
        lambda: Statement(text="x", language="en", number=0),
        lambda: Translation(statement=ID, language="fr", text="x", status="machine", checked_by_side="north"),
        lambda: Ballot(statements=()),
        lambda: RulesAnswer(accepted=True, rules=()),
        lambda: Survey(titles=WORDS, questions=(QUESTION, QUESTION)),
        lambda: Answer(question="safe", value=6),
        lambda: Neutral(title="Seminar", agreed_with=()),
        lambda: Availability(start=DAY, end=date(2026, 11, 25), willing=True, consent_to_be_asked=True),
    ],
)
def test_what_cannot_be_is_refused(wrong: object) -> None:
    with pytest.raises(ValidationError):
        wrong()  # type: ignore[operator]


def test_a_snapshot_may_speak_of_the_links_of_the_theory_alone() -> None:
    assert Snapshot(day=DAY, links=(LinkSeen(link="People talk", seen="moved on"),)).links[0].seen == "moved on"


def test_a_question_is_read_in_the_language_asked_for_or_in_the_first() -> None:
    assert worded(WORDS, "fr") == WORDS[1]
    assert worded(WORDS, "ar") == WORDS[0]


def made(number: int = 1, room: str = "plenary", text: str = "The bridge should open") -> BaseEntry:
    return entry("StatementMade", Statement(text=text, language="en", number=number), room=room)


def translated(of: BaseEntry, status: str, text: str, room: str = "plenary", lamport: int = 2) -> BaseEntry:
    return entry("TranslationOffered", Translation(statement=of.id, language="fr", text=text, status=status), room=room, lamport=lamport)


def voting(name: str, *of: BaseEntry, room: str = "plenary") -> BaseEntry:
    return entry(name, Ballot(statements=tuple(one.id for one in of)), room=room)


def test_statements_stand_by_room_and_number_with_their_state() -> None:
    one, two, three = made(), made(2), made(3)
    side = made(1, "caucus:north")
    found = statements_of([three, side, two, one, voting("VotingOpened", one, two), voting("VotingClosed", two)])
    assert [(put.id, put.room, put.state) for put in found] == [
        (one.id, "plenary", "open"),
        (two.id, "plenary", "closed"),
        (three.id, "plenary", "not yet"),
        (side.id, "caucus:north", "not yet"),
    ]


def test_voting_that_was_closed_can_be_opened_again() -> None:
    one = made()
    assert [put.state for put in statements_of([one, voting("VotingClosed", one), voting("VotingOpened", one)])] == ["open"]


def test_voting_is_not_opened_from_another_room_than_the_statements() -> None:
    one = made(room="caucus:north")
    assert [put.state for put in statements_of([one, voting("VotingOpened", one)])] == ["not yet"]
    assert [put.state for put in statements_of([one, voting("VotingOpened", one, room="caucus:north")])] == ["open"]


def test_a_translation_that_was_checked_gives_way_only_to_another_that_was_checked() -> None:
    one = made()
    told = [translated(one, "machine", "A"), translated(one, "checked", "B"), translated(one, "pasted", "C")]
    assert [put.translations[0].text for put in statements_of([one, *told])] == ["B"]
    again = translated(one, "checked", "D")
    assert [put.translations[0].text for put in statements_of([one, *told, again])] == ["D"]
    assert [put.translations[0].text for put in statements_of([one, told[0], told[2]])] == ["C"]


def test_a_statement_is_read_in_its_own_language_without_a_translation() -> None:
    one = made()
    (put,) = statements_of([one, translated(one, "machine", "Le pont")])
    french = put.in_language("fr")
    assert french is not None
    assert (french.text, put.in_language("en"), put.in_language("ar")) == ("Le pont", None, None)


def test_what_is_said_of_a_statement_in_another_room_does_not_count() -> None:
    one = made(room="caucus:north")
    (put,) = statements_of([one, translated(one, "checked", "Le pont")])
    assert put.translations == ()
