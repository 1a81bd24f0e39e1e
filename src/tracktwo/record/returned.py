"""Entries that participants send in, and what they were asked: the ground rules, private worries, surveys."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tracktwo.model.base import Language, Noun, Text
from tracktwo.record.entry import BaseEntry, EntryId
from tracktwo.record.placed import AmongPeople

QuestionKey = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,19}$")]
"""What an answer names its question by."""

SCALE = (1, 5)
"""The least and the most that an answer on a scale can be."""


class RulesAnswer(Noun):
    """Whether somebody accepts the ground rules. Who says no may still attend."""

    accepted: bool
    rules: tuple[EntryId, ...] = Field(min_length=1)
    """The rules that were read: an answer to earlier ones is none to those that came later."""


class Worry(Noun):
    """Something that a participant wants the facilitators alone to know."""

    text: Annotated[Text, Field(max_length=4000)]
    language: Language


class Wording(Noun):
    """Words in one language."""

    language: Language
    text: Text


class Question(Noun):
    """A question of a survey."""

    key: QuestionKey
    kind: Literal["scale", "text"]
    wordings: tuple[Wording, ...] = Field(min_length=1)


class Survey(Noun):
    """A few questions to everybody in a room."""

    titles: tuple[Wording, ...] = Field(min_length=1)
    questions: tuple[Question, ...] = Field(min_length=1, max_length=20)
    moment: Literal["before", "after", "later", "once"] = "once"
    follows: EntryId | None = None
    """The earlier survey with the same questions, with which this one is compared."""

    @model_validator(mode="after")
    def _each_question_once(self) -> Self:
        if len({question.key for question in self.questions}) < len(self.questions):
            raise PydanticCustomError("keys", "should not call two questions by the same key")
        return self


class Answer(Noun):
    """The answer to one question: a number on the scale, or words; neither where somebody would rather not say."""

    question: QuestionKey
    value: int | None = Field(default=None, ge=SCALE[0], le=SCALE[1])
    text: Annotated[Text, Field(max_length=2000)] | None = None


class Answers(Noun):
    """What one person answered to a survey."""

    survey: EntryId
    answers: tuple[Answer, ...]


class NamesRefusal(Noun):
    """That somebody who sees pseudonyms only asked for names, and was refused. No name stands here."""

    asked_for: Literal["people", "roster", "export"]


class RulesAnswered(BaseEntry):
    type: Literal["RulesAnswered"] = "RulesAnswered"
    room: Literal["sealed"] = "sealed"
    body: RulesAnswer


class WorryTold(BaseEntry):
    type: Literal["WorryTold"] = "WorryTold"
    room: Literal["sealed"] = "sealed"
    body: Worry


class SurveyAsked(BaseEntry):
    type: Literal["SurveyAsked"] = "SurveyAsked"
    room: AmongPeople = "plenary"
    body: Survey


class SurveyAnswered(BaseEntry):
    type: Literal["SurveyAnswered"] = "SurveyAnswered"
    room: Literal["surveys"] = "surveys"
    body: Answers


class NamesRefused(BaseEntry):
    type: Literal["NamesRefused"] = "NamesRefused"
    room: Literal["sealed"] = "sealed"
    body: NamesRefusal


RETURNED: tuple[type[BaseEntry], ...] = (RulesAnswered, WorryTold, SurveyAsked, SurveyAnswered, NamesRefused)


def worded(wordings: tuple[Wording, ...], language: str) -> Wording:
    """The words in a language, or in the first one there is."""
    return next((one for one in wordings if one.language == language), wordings[0])
