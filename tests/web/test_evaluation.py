"""Evaluation: snapshots over time, surveys of which nothing is shown of too few, and an evaluator who sees codes alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.web.house import House, house, opened
from tracktwo.model.brief import Change
from tracktwo.record.entries import ChangeStated
from tracktwo.record.living import SurveyAnswered, SurveyAsked
from tracktwo.record.membership import issue_card
from tracktwo.record.record import Record
from tracktwo.record.returned import Answer, Answers
from tracktwo.record.slots import holder_of_card
from tracktwo.web import clock, desk
from tracktwo.web.serving import serving

QUESTIONS = {"title_en": "After the SURVEYDAY", "questions_en": "Did you feel heard?\n* What was missing?"}
FRENCH = {"title_fr": "Après la journée", "questions_fr": "Vous a-t-on écouté ?\n* Qu’est-ce qui manquait ?"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for all tests here."""
    with opened(tmp_path_factory.mktemp("house")):
        yield house()


def body(home: House, role: str = "facilitator", path: str = "", language: str = "en") -> str:
    answer = home.get(role, f"/i/{home.tag}/evaluation{path}", HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200
    return str(answer.content.decode())


def asked(home: House, **fields: str) -> str:
    """A survey asked through the form; its id."""
    told = {"room": "plenary", "moment": "after", "follows": "", **QUESTIONS, **fields}
    answer = home.post("facilitator", f"/i/{home.tag}/evaluation/ask", told)
    assert answer.status_code == 303, answer.content.decode()
    surveys = [entry for entry in home.convenor.record.read().entries if isinstance(entry, SurveyAsked)]
    return surveys[-1].id


def answered(home: House, survey: str, values: list[int], words: str = "") -> None:
    """Answers to a survey by as many people as there are values, each with a card of his own."""
    for number, value in enumerate(values):
        card = issue_card(home.convenor.record, f"Answerer {number}", "participant", "north", clock.today())
        held = holder_of_card(desk.store(), serving().home.secret.read(), card.words)
        assert held is not None
        record = Record(desk.store(), serving().home.secret.read(), held.identity, held.initiative, bytes(16))
        told = (Answer(question="q1", value=value), *((Answer(question="q2", text=f"{words} {number}"),) if words else ()))
        record.append([SurveyAnswered(on=clock.today(), lamport=0, body=Answers(survey=survey, answers=told))])
    desk.touch(home.convenor.membership.key)


def test_a_survey_is_asked_in_rooms_by_their_names(home: House) -> None:
    offered = re.findall(r'<option value="(plenary|team|caucus:[a-z]+)"[^>]*>([^<]*)', body(home, path="/ask"))
    assert offered == [("plenary", "Plenary"), ("caucus:north", "The north"), ("caucus:south", "The south")]


def test_a_participant_answers_in_the_own_language_and_the_answers_are_not_shown_again(home: House) -> None:
    survey = asked(home, **FRENCH)
    path = f"/p/{home.tag}/survey/{survey}"
    assert "Répondre à quelques questions" in home.get("participant A", f"/p/{home.tag}", HTTP_ACCEPT_LANGUAGE="fr").content.decode()
    text = home.get("participant A", path, HTTP_ACCEPT_LANGUAGE="fr").content.decode()
    assert "Vous a-t-on écouté" in text
    assert "Did you feel heard" in home.get("participant A", path, HTTP_ACCEPT_LANGUAGE="ar").content.decode()
    assert home.post("participant A", path, {"q1": "4", "q2": "ANSWERWORD"}).status_code == 303
    text = home.get("participant A", path).content.decode()
    assert "Received" in text
    assert "ANSWERWORD" not in text
    assert "checked" not in text
    assert survey not in home.get("participant A", f"/p/{home.tag}").content.decode()
    assert "Select a valid choice" in home.post("participant B", path, {"q1": "9"}).content.decode()


def test_of_four_answers_nothing_is_shown_and_of_five_the_middle(home: House) -> None:
    survey = asked(home, title_en="Few")
    answered(home, survey, [1, 2, 4, 5], "FEWWORD")
    text = body(home, path=f"/survey/{survey}")
    assert text.count("Too few to say") == 2
    assert "FEWWORD" not in text
    answered(home, survey, [4], "FEWWORD")
    text = re.sub("</?bdi>", "", body(home, path=f"/survey/{survey}"))
    assert "said 4 or less" in text
    assert "Answerer" not in text
    assert text.count("FEWWORD") == 5
    later = asked(home, title_en="Later", follows=survey)
    answered(home, later, [5, 5, 5, 5])
    assert "In the earlier survey it was" not in body(home, path=f"/survey/{later}")
    answered(home, later, [5])
    assert "In the earlier survey it was 4" in re.sub("</?bdi>", "", body(home, path=f"/survey/{later}"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_en": ""},
        {"questions_en": ""},
        {"questions_fr": "One alone", "title_fr": "Une"},
        {"questions_fr": "* Un\nDeux", "title_fr": "Deux"},
    ],
)
def test_languages_of_a_survey_that_do_not_go_together_are_refused_and_stay_in_the_form(home: House, wrong: dict[str, str]) -> None:
    told = {"room": "plenary", "moment": "once", "follows": "", **QUESTIONS} | wrong
    answer = home.post("facilitator", f"/i/{home.tag}/evaluation/ask", told)
    assert answer.status_code == 200
    assert "Each language needs as many lines" in answer.content.decode()
    assert any(word in answer.content.decode() for word in ("SURVEYDAY", "heard"))


def test_a_snapshot_for_the_team_is_not_for_the_evaluator_and_a_shared_one_is(home: House) -> None:
    path = f"/i/{home.tag}/evaluation/snapshot"
    told = {"day": clock.today().isoformat(), "session": "First session", "room": "team", "surprised": "TEAMSNAP"}
    assert home.post("facilitator", path, told).status_code == 303
    assert home.post("facilitator", path, told | {"room": "plenary", "surprised": "SHAREDSNAP"}).status_code == 303
    assert all(word in body(home) for word in ("TEAMSNAP", "SHAREDSNAP"))
    evaluator = body(home, "evaluator")
    assert "SHAREDSNAP" in evaluator
    assert "TEAMSNAP" not in evaluator


def test_the_theory_shows_untested_links_first_and_is_shared_by_a_press(home: House) -> None:
    links = [{"id": f"link-{word.lower()}", "if": f"{word} is shared", "then": "trust grows"} for word in ("SLUICE", "GRANARY")]
    change = Change.model_validate({"statement": "The bridge is used by both", "links": links})
    home.write("convenor", ChangeStated(on=clock.today(), lamport=0, body=change))
    told = {"day": clock.today().isoformat(), "session": "", "room": "team", "link-0": "moved on", "evidence-0": "SEENWORD"}
    assert home.post("facilitator", f"/i/{home.tag}/evaluation/snapshot", told).status_code == 303
    cards = body(home).split("The theory of change, link by link")[1].split("Snapshots, meeting")[0]
    assert cards.index("GRANARY") < cards.index("SLUICE")
    assert "moved on" in cards.split("SLUICE")[1]
    assert "SLUICE" not in body(home, "evaluator")
    assert home.post("facilitator", f"/i/{home.tag}/evaluation/theory").status_code == 303
    evaluator = body(home, "evaluator")
    assert "SLUICE" in evaluator
    assert "SEENWORD" not in evaluator  # the snapshot was for the team
    assert body(home).count("SLUICE") == 2  # once as a link, once in the snapshot


def test_a_snapshot_that_says_nothing_is_refused(home: House) -> None:
    told = {"day": clock.today().isoformat(), "session": "", "room": "team"}
    assert "Answer one question at least" in home.post("facilitator", f"/i/{home.tag}/evaluation/snapshot", told).content.decode()


def test_an_evaluator_sees_who_kept_coming_by_code_and_no_name(home: House) -> None:
    text = body(home, "evaluator")
    assert "A-01" in text
    assert "You see codes in place of names" in text
    assert "Zelda" not in text
    assert "Zelda" in home.get("facilitator", f"/i/{home.tag}/follow-up").content.decode()  # the control: names are there
    for path in ("/snapshot", "/ask"):
        assert home.get("evaluator", f"/i/{home.tag}/evaluation{path}").status_code == 404


def test_the_pages_are_whole_in_arabic(home: House) -> None:
    for path in ("", "/snapshot", "/ask"):
        text = body(home, path=path, language="ar")
        assert 'dir="rtl"' in text
        assert "interface.web" not in text
