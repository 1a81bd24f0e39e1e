"""What a participant does on a telephone: reads who sees what, answers the rules, votes, proposes, tells a worry; and how small the pages are."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.web import planting
from tests.web.house import House, house, opened
from tracktwo.record.ballots import Caster
from tracktwo.record.living import RulesAnswered, StatementProposed, WorryTold
from tracktwo.record.sessions import Session, SessionPlanned
from tracktwo.record.statements import Translation, TranslationOffered
from tracktwo.web import clock, desk
from tracktwo.web.areas.participant import LINES
from tracktwo.web.calendars import in_calendar, islamic, persian
from tracktwo.web.settings import STATIC

A, B = "participant A", "participant B"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for all tests here; each plants what it looks for under words of its own."""
    with opened(tmp_path_factory.mktemp("house")):
        yield house()


def body(home: House, role: str, path: str, language: str = "en", **headers: str) -> str:
    answer = home.get(role, path, HTTP_ACCEPT_LANGUAGE=language, **headers)
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.content.decode())


def pages(home: House) -> list[str]:
    return [f"/p/{home.tag}", *(f"/p/{home.tag}/{name}" for name in ("rules", "statements", "propose", "word", "days"))]


def cast(home: House, role: str, statement: str, vote: str, **headers: str) -> int:
    return int(home.post(role, "/p/vote", {"statement": statement, "vote": vote}, **headers).status_code)


def own(home: House, role: str) -> dict[str, str]:
    return dict(Caster.of(home.people[role].record).own(desk.store()))


# Who sees what


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")])
def test_a_card_leads_to_ten_lines_on_who_sees_what_before_anything_else(home: House, language: str, direction: str) -> None:
    text = body(home, A, "/p", language)
    assert f'<html lang="{language}" dir="{direction}">' in text
    main = text.split("<main")[1]
    before, lines = main.split('<ol class="lines">')[:2]
    assert lines.split("</ol>")[0].count("<li>") == len(LINES) == 10
    assert "<form" not in before
    assert "<nav" not in text.split("<main")[0]


def test_each_language_is_offered_in_its_own_script_and_the_title_says_nothing(home: House) -> None:
    for path in pages(home):
        text = body(home, A, path, "fr")
        assert "<title>Welcome</title>" in text
        for name in ("English", "Français", "العربية"):
            assert f">{name}</button>" in text


def test_the_others_cards_lead_to_their_own_pages(home: House) -> None:
    assert home.get("evaluator", "/p").headers["Location"] == f"/i/{home.tag}/evaluation"
    assert home.get("logistics", "/p").status_code == 200
    assert "data-vote" not in body(home, "interpreter", f"/p/{home.tag}/statements")


# Rules


def test_a_participant_says_no_to_the_rules_may_still_vote_and_can_change_the_answer(home: House) -> None:
    planting.ground_rule(home, "the RULEWORD sessions")
    path = f"/p/{home.tag}/rules"
    assert "RULEWORD" in body(home, A, path)
    assert home.post(A, path, {"answer": "no"}).status_code == 303
    assert "may attend all the same" in body(home, A, path)
    assert "You have accepted" not in body(home, B, path)
    assert home.post(A, path, {"answer": "yes"}).status_code == 303
    assert "You have accepted these rules" in body(home, A, path)
    answers = [entry for entry in home.convenor.record.read().entries if isinstance(entry, RulesAnswered)]
    assert [entry.body.accepted for entry in answers] == [False, True]
    assert answers[1].replaces == (answers[0].id,)


def test_an_answer_that_is_neither_yes_nor_no_is_asked_for_again(home: House) -> None:
    planting.ground_rule(home)
    assert "Press one of the two answers" in home.post(B, f"/p/{home.tag}/rules", {"answer": "perhaps"}).content.decode()


# Votes


def test_a_vote_is_a_plain_form_and_comes_back_as_received(home: House) -> None:
    one = planting.statement(home, "The HARBOUR should open", number=11)
    answer = home.post(A, "/p/vote", {"statement": one, "vote": "agree"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/p/{home.tag}/statements#s{one}")
    article = body(home, A, f"/p/{home.tag}/statements").split(f'id="s{one}"')[1].split("</article>")[0]
    assert re.findall(r'value="(\w+)" aria-pressed="true"', article) == ["agree"]
    assert "Received" in article
    other = body(home, B, f"/p/{home.tag}/statements").split(f'id="s{one}"')[1].split("</article>")[0]
    assert 'aria-pressed="true"' not in other


def test_a_vote_that_is_sent_again_and_again_by_a_script_counts_once(home: House) -> None:
    one = planting.statement(home, number=12)
    assert [cast(home, B, one, vote, HTTP_X_PART="vote") for vote in ("agree", "agree", "pass", "pass")] == [204] * 4
    assert own(home, B)[one] == "pass"
    assert sum(1 for _, statement, _ in desk.store().ballots(home.convenor.membership.key) if statement.hex() == one) == 1


def test_when_voting_has_ended_no_vote_is_taken_and_ones_own_is_no_longer_shown(home: House) -> None:
    one = planting.statement(home, number=13)
    assert cast(home, A, one, "disagree", HTTP_X_PART="vote") == 204
    planting.close(home, one)
    assert cast(home, A, one, "agree", HTTP_X_PART="vote") == 422
    assert cast(home, A, one, "agree") == 303
    assert own(home, A)[one] == "disagree"
    article = body(home, A, f"/p/{home.tag}/statements").split(f'id="s{one}"')[1].split("</article>")[0]
    assert "Voting on this has ended" in article
    assert "aria-pressed" not in article


@pytest.mark.parametrize("sent", [{"vote": "perhaps"}, {}, {"statement": "x"}, {"statement": "0" * 32, "vote": "agree"}])
def test_what_is_no_vote_changes_nothing(home: House, sent: dict[str, str]) -> None:
    one = planting.statement(home, number=14)
    before = desk.store().ballots(home.convenor.membership.key)
    assert home.post(A, "/p/vote", {"statement": one, **sent}, HTTP_X_PART="vote").status_code == 422
    assert desk.store().ballots(home.convenor.membership.key) == before


def test_nobody_votes_on_a_statement_of_the_other_sides_caucus(home: House) -> None:
    one = planting.statement(home, "The CAUCUSWORD stays", room="caucus:north")
    assert "CAUCUSWORD" in body(home, A, f"/p/{home.tag}/statements")
    assert "CAUCUSWORD" not in body(home, B, f"/p/{home.tag}/statements")
    assert cast(home, B, one, "agree", HTTP_X_PART="vote") == 422
    assert cast(home, A, one, "agree", HTTP_X_PART="vote") == 204


def test_a_participant_who_was_let_out_votes_no_more(home: House) -> None:
    assert home.post("former", "/p/vote", {"statement": planting.statement(home, number=15), "vote": "agree"}).status_code in (303, 404)
    assert home.post("anonymous", "/p/vote").headers["Location"] == "/"


def test_the_script_gets_the_list_alone_and_the_version_that_the_poll_tells(home: House) -> None:
    planting.statement(home, number=16)
    part = body(home, A, f"/p/{home.tag}/statements", HTTP_X_PART="list")
    assert "<html" not in part
    version = part.split('data-version="')[1].split('"')[0]
    assert home.get(A, "/poll", HTTP_IF_NONE_MATCH=version).status_code == 204
    planting.statement(home, number=17)
    assert home.get(A, "/poll", HTTP_IF_NONE_MATCH=version).status_code == 200


def test_no_page_of_a_participant_shows_how_many_voted(home: House) -> None:
    one = planting.statement(home, "The MILL should turn", number=18)
    planting.votes(home, one)
    article = body(home, "interpreter", f"/p/{home.tag}/statements").split(f'id="s{one}"')[1].split("</article>")[0]
    assert "MILL" in article  # the control
    shown = re.sub(r"<[^>]*>", " ", f"<{article}").replace("Statement 18", "")
    assert not re.search(r"\d|%|four|majority", shown)


# Translations


def test_a_french_reader_sees_the_translation_and_that_nobody_checked_it(home: House) -> None:
    one = planting.statement(home, "The well is deep", number=19)
    body_ = Translation(statement=one, language="fr", text="Le puits est profond", status="machine")
    home.write("convenor", TranslationOffered(on=clock.today(), lamport=0, body=body_))
    article = body(home, A, f"/p/{home.tag}/statements", "fr").split(f'id="s{one}"')[1].split("</article>")[0]
    assert "Le puits est profond" in article
    assert "Traduction automatique, non vérifiée" in article
    assert "The well is deep" in article.split("<details>")[1]
    assert "Le puits" not in body(home, A, f"/p/{home.tag}/statements", "ar")


# Sending


def test_a_proposal_waits_for_a_facilitator_and_is_seen_by_nobody_else(home: House) -> None:
    path = f"/p/{home.tag}/propose"
    assert home.post(A, path, {"text": "PROPOSALWORD", "language": "fr", "once": "a" * 32}).status_code == 303
    assert home.post(A, path, {"text": "PROPOSALWORD", "language": "fr", "once": "a" * 32}).status_code == 303
    text = body(home, A, path)
    assert text.count("PROPOSALWORD") == 1
    assert "a facilitator will check it" in text
    assert not any("PROPOSALWORD" in body(home, role, page) for role in (B,) for page in pages(home))
    assert [entry.body.text for entry in home.convenor.record.read().entries if isinstance(entry, StatementProposed)].count("PROPOSALWORD") == 1


def test_a_worry_is_told_as_delivered_and_its_words_are_not_shown_again(home: House) -> None:
    path = f"/p/{home.tag}/word"
    assert home.post(A, path, {"text": "WORRYWORD follows me", "once": "b" * 32}).status_code == 303
    text = body(home, A, path)
    assert "Delivered to the facilitators" in text
    assert "WORRYWORD" not in text
    assert "WORRYWORD" in body(home, "facilitator", f"/i/{home.tag}/dialogue/inbox")  # the control
    assert any(isinstance(entry, WorryTold) and "WORRYWORD" in entry.body.text for entry in home.people["facilitator"].record.read().entries)


@pytest.mark.parametrize(
    ("path", "sent"), [("propose", {"text": "x" * 1001, "language": "fr"}), ("word", {"text": "kept\x07words"}), ("word", {"text": " "})]
)
def test_what_cannot_be_sent_is_answered_by_a_sentence_and_stays_in_the_form(home: House, path: str, sent: dict[str, str]) -> None:
    answer = home.post(A, f"/p/{home.tag}/{path}", sent)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "must be put right" in text
    assert sent["text"].strip().replace("\x07", "") in text.replace("\x07", "")


# Days


def test_days_are_shown_in_the_calendar_that_was_chosen(home: House) -> None:
    plan = Session(session="SESSIONWORD", stage="needs and fears", day=date(2026, 11, 26), start="09:00", end="10:30", zone="Africa/Tunis")
    hidden = plan.model_copy(update={"session": "TEAMWORD"})
    home.write(
        "convenor", SessionPlanned(on=clock.today(), lamport=0, body=plan), SessionPlanned(room="team", on=clock.today(), lamport=0, body=hidden)
    )
    path = f"/p/{home.tag}/days"
    text = body(home, A, path)
    assert "26 November 2026" in text
    assert "SESSIONWORD" in text
    assert "TEAMWORD" not in text
    for calendar, shown in (("islamic", "16 Jumada al-Akhira 1448"), ("persian", "5 Azar 1405")):
        assert home.post(A, f"/p/{home.tag}/calendar", {"calendar": calendar}).status_code == 303
        assert shown in re.sub("</?bdi>", "", body(home, A, path))


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2021, 3, 21), (1400, 1, 1)),
        (date(2021, 3, 20), (1399, 12, 30)),
        (date(2025, 3, 20), (1403, 12, 30)),
        (date(1979, 2, 11), (1357, 11, 22)),
        (date(2024, 9, 22), (1403, 7, 1)),
        (date(2024, 9, 21), (1403, 6, 31)),
    ],
)
def test_a_day_of_the_persian_calendar(day: date, told: tuple[int, int, int]) -> None:
    assert persian(day) == told


def test_a_day_of_the_islamic_calendar_and_one_that_it_does_not_reach() -> None:
    assert islamic(date(2024, 7, 7)) == (1446, 1, 1)
    assert (islamic(date(1800, 1, 1)), persian(date(1800, 1, 1))) == (None, None)
    assert in_calendar(date(1800, 1, 1), "islamic") == date(1800, 1, 1)


# Size


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_fit_an_old_telephone_on_a_slow_line(home: House, language: str) -> None:
    planting.statement(home, number=20)
    css, js = (gzip.compress((STATIC / "participant" / name).read_bytes()) for name in ("p.css", "vote.js"))
    for path in pages(home):
        text = body(home, A, path, language)
        html = gzip.compress(text.encode())
        assert len(html) + len(css) <= 15_000
        assert len(html) <= 10_000  # a later page, with styles and scripts at hand
        assert len(html) + len(css) + len(js) <= 50_000
        wanted = set(re.findall(r'(?:src|href)="(/s/[^"]+)"', text))
        assert {Path(one).name for one in wanted} <= {"p.css", "vote.js", "leaf.svg"}
    assert len(js) < 2_000


def test_nothing_is_kept_on_the_telephone_by_the_script() -> None:
    script = (STATIC / "participant" / "vote.js").read_text(encoding="utf-8")
    for name in ("localStorage", "sessionStorage", "indexedDB", "caches", "serviceWorker", "document.cookie", "Notification", "eval("):
        assert name not in script


def test_whoever_interprets_or_evaluates_has_no_vote_although_the_plenary_is_open_to_them(home: House) -> None:
    one = planting.statement(home, number=21)
    before = desk.store().ballots(home.convenor.membership.key)
    for role in ("interpreter", "evaluator", "logistics"):
        assert cast(home, role, one, "agree", HTTP_X_PART="vote") == 422
    assert desk.store().ballots(home.convenor.membership.key) == before
