"""Surveys: a participant answers a few questions; the team asks them and reads what many said, never what one did."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from django import forms
from django.http import Http404, HttpResponse

from tracktwo.record.living import SurveyAnswered, SurveyAsked
from tracktwo.record.returned import SCALE, Answer, Answers, Question, Survey, Wording, worded
from tracktwo.record.small_groups import SMALLEST
from tracktwo.web.access import TEAM, at, door
from tracktwo.web.areas.dialogue import spoken_rooms
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.pages import page, say, see_other
from tracktwo.web.saving import save
from tracktwo.web.wording import TONGUES

MOMENTS = ("once", "before", "after", "later")
IN_WORDS = "*"
"""What a line begins with whose question is answered in words."""


def surveys_of(desk: Desk) -> tuple[SurveyAsked, ...]:
    """The surveys that were asked in the rooms that are open."""
    return tuple(entry for entry in desk.settled if isinstance(entry, SurveyAsked))


def survey_or_404(desk: Desk, entry: str) -> SurveyAsked:
    """The survey of that id. Raises Http404."""
    found = next((one for one in surveys_of(desk) if one.id == entry), None)
    if found is None:
        raise Http404
    return found


# The participant's side


class AnswersForm(forms.Form):
    """One field for each question; each may stay empty."""

    def __init__(self, survey: Survey, language: str, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        steps = [(str(step), f".participant.scale-{step}") for step in range(SCALE[0], SCALE[1] + 1)]
        for question in survey.questions:
            label = worded(question.wordings, language).text
            self.fields[question.key] = (
                forms.ChoiceField(label=label, choices=steps, widget=forms.RadioSelect, required=False)
                if question.kind == "scale"
                else forms.CharField(label=label, max_length=2000, widget=forms.Textarea({"rows": 3}), required=False)
            )

    def answers(self, survey: Survey) -> tuple[Answer, ...]:
        """What was answered."""
        told = [(question, self.cleaned_data[question.key]) for question in survey.questions if self.cleaned_data[question.key]]
        return tuple(
            Answer(question=question.key, value=int(said)) if question.kind == "scale" else Answer(question=question.key, text=said)
            for question, said in told
        )


@door("participant", methods=("GET", "POST"))
def answer(asked: Asked, desk: Desk, entry: str) -> HttpResponse:
    """Answer a survey, or answer it anew. What was answered before is not shown: a telephone may be shared."""
    survey = survey_or_404(desk, entry)
    form = AnswersForm(survey.body, asked.voice.language, asked.POST or None)
    mine = [one for one in desk.settled if isinstance(one, SurveyAnswered) and one.author == desk.me and one.body.survey == entry]
    if asked.method == "POST" and form.is_valid():
        body = Answers(survey=entry, answers=form.answers(survey.body))
        old = tuple(one.id for one in mine)
        if save(asked, desk, form, lambda: [SurveyAnswered(on=asked.today, lamport=0, replaces=old, body=body)]):
            return see_other("survey", tag=desk.tag, entry=entry)
    title = worded(survey.body.titles, asked.voice.language)
    return page(asked, "participant/survey.html", desk=desk, form=form, title=title, answered=bool(mine))


# The team's side


class SurveyForm(forms.Form):
    """A survey in one language or several: a title, and the questions one a line."""

    moment = forms.ChoiceField(label=".evaluation.moment", choices=[(one, f".evaluation.moment-{one}") for one in MOMENTS])
    follows = forms.ChoiceField(label=".evaluation.follows", help_text=".evaluation.follows-help", required=False)
    room = forms.ChoiceField(label=".evaluation.asked-in")

    def __init__(self, desk: Desk, language: str, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        earlier = [(one.id, worded(one.body.titles, language).text) for one in surveys_of(desk)]
        self.fields["follows"].choices = [("", ".evaluation.follows-none"), *earlier]  # type: ignore[attr-defined]
        self.fields["room"].choices = [(room, name) for room, name in spoken_rooms(desk) if room != "team"]  # type: ignore[attr-defined]
        for tag, name in TONGUES:
            self.fields[f"title_{tag}"] = forms.CharField(label=f".evaluation.title-{tag}", max_length=120, required=False)
            area = forms.Textarea({"rows": 6, "lang": tag, "dir": "rtl" if tag == "ar" else "ltr"})
            self.fields[f"questions_{tag}"] = forms.CharField(
                label=f".evaluation.questions-{tag}", help_text=".evaluation.questions-help", widget=area, required=False
            )
            self.fields[f"questions_{tag}"].widget.attrs["aria-label"] = name

    def survey(self) -> Survey:
        """What was typed, as a survey. Raises Uneven where the languages do not go together."""
        lines = {tag: self.cleaned_data[f"questions_{tag}"].strip().splitlines() for tag, _ in TONGUES}
        lines = {tag: [line.strip() for line in told if line.strip()] for tag, told in lines.items() if told}
        titles = {tag: self.cleaned_data[f"title_{tag}"] for tag in lines}
        if not lines or not all(titles.values()) or len({len(told) for told in lines.values()}) > 1:
            raise Uneven
        whole = list(zip(*lines.values(), strict=True))
        if any(len({line.startswith(IN_WORDS) for line in row}) > 1 for row in whole):
            raise Uneven
        questions = tuple(
            Question(
                key=f"q{number}",
                kind="text" if row[0].startswith(IN_WORDS) else "scale",
                wordings=tuple(Wording(language=tag, text=line.removeprefix(IN_WORDS).strip()) for tag, line in zip(lines, row, strict=True)),
            )
            for number, row in enumerate(whole, 1)
        )
        return Survey(
            titles=tuple(Wording(language=tag, text=text) for tag, text in titles.items()),
            questions=questions,
            moment=self.cleaned_data["moment"],
            follows=self.cleaned_data["follows"] or None,
        )


class Uneven(ValueError):
    """The questions of two languages do not go together, or a title is missing."""


@door(*TEAM, methods=("GET", "POST"))
def ask(asked: Asked, desk: Desk) -> HttpResponse:
    """Ask a survey."""
    form = SurveyForm(desk, asked.voice.language, asked.POST or None)
    if asked.method == "POST" and form.is_valid():
        try:
            room = form.cleaned_data["room"]
            if save(asked, desk, form, lambda: [SurveyAsked(room=room, on=asked.today, lamport=0, body=form.survey())]):
                return see_other("evaluation", tag=desk.tag)
        except Uneven:
            form.add_error(None, say(asked, ".evaluation.uneven"))
    return page(asked, "team/evaluation_ask.html", desk=desk, form=form, visible_to=("facilitators",))


@dataclass(frozen=True)
class Said:
    """What many said to one question; nothing where they are too few to say."""

    question: Question
    enough: bool
    middle: float | None = None
    earlier: float | None = None
    """The middle of the survey that this one follows, where enough people answered there too."""
    texts: tuple[str, ...] = ()


@door(*TEAM)
def read(asked: Asked, desk: Desk, entry: str) -> HttpResponse:
    """What was answered, by question. Of fewer than five people nothing is shown."""
    survey = survey_or_404(desk, entry)
    said = [_said(desk, survey, question) for question in survey.body.questions]
    title = worded(survey.body.titles, asked.voice.language)
    few = SMALLEST
    return page(asked, "team/evaluation_answers.html", desk=desk, survey=survey, title=title, said=said, few=few, visible_to=("facilitators",))


def _said(desk: Desk, survey: SurveyAsked, question: Question) -> Said:
    answers = _answers(desk, survey.id, question.key)
    if len(answers) < SMALLEST:
        return Said(question, enough=False)
    if question.kind == "text":
        texts = (one.text for one in answers if one.text)
        return Said(question, enough=True, texts=tuple(sorted(texts, key=lambda text: hashlib.sha256(text.encode()).digest())))
    before = _answers(desk, survey.body.follows, question.key) if survey.body.follows else ()
    return Said(question, enough=True, middle=_middle(answers), earlier=_middle(before) if len(before) >= SMALLEST else None)


def _answers(desk: Desk, survey: str, question: str) -> tuple[Answer, ...]:
    """The answers to a question: of each person the last one."""
    last: dict[str, Answers] = {}
    for entry in desk.settled:
        if isinstance(entry, SurveyAnswered) and entry.body.survey == survey:
            last[entry.author] = entry.body
    return tuple(one for body in last.values() for one in body.answers if one.question == question)


def _middle(answers: Iterable[Answer]) -> float:
    return float(median(one.value for one in answers if one.value is not None))


PATHS = [
    at("p/<tag:tag>/survey/<entry:entry>", answer, "survey"),
    at("i/<tag:tag>/evaluation/ask", ask, "ask"),
    at("i/<tag:tag>/evaluation/survey/<entry:entry>", read, "answers"),
]
