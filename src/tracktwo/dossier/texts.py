"""The four texts of day one, in the order in which they are read: invitation, ground rules, Chatham House notice, consent form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tracktwo.model.exhibit import Programme
from tracktwo.model.finding import Listing, Message, Param
from tracktwo.record.gate import Released

TextName = Literal["invitation", "ground-rules", "chatham-house", "consent"]
BlockKind = Literal["heading", "paragraph", "item", "blank"]


@dataclass(frozen=True)
class Block:
    """One piece of a text: a heading, a paragraph, an item of a list, or a blank, which is a line to fill in with its label before it."""

    kind: BlockKind
    message: Message


@dataclass(frozen=True)
class DayOneText:
    """A text of about one page, to be printed, filled in and handed over."""

    name: TextName
    title: Message
    blocks: tuple[Block, ...]


def day_one_texts(released: Released) -> tuple[DayOneText, ...]:
    """Return the four texts for an initiative. What is not known stands as a blank; people are named nowhere."""
    return (
        _text("invitation", _invitation(released)),
        _text("ground-rules", _ground_rules(released)),
        _text("chatham-house", _chatham_house(released)),
        _text("consent", _consent(released)),
    )


def _text(name: TextName, blocks: Iterable[Block]) -> DayOneText:
    unread = Block("paragraph", Message(code="interface.page.not-yet-read"))
    return DayOneText(name, Message(code=f"text.{name}.title"), (*blocks, unread))


def _heading(code: str) -> Block:
    return Block("heading", Message(code=f"text.{code}"))


def _paragraph(code: str, **params: Param) -> Block:
    return Block("paragraph", Message(code=f"text.{code}", params=params))


def _items(*codes: str) -> list[Block]:
    return [Block("item", Message(code=f"text.{code}")) for code in codes]


def _blanks(*codes: str) -> list[Block]:
    return [Block("blank", Message(code=f"text.{code}")) for code in codes]


def _invitation(released: Released) -> list[Block]:
    return [
        *_blanks("invitation.written", "invitation.to"),
        *_who_invites(released),
        *_whom_it_brings_together(released),
        _paragraph("invitation.unofficial"),
        _heading("invitation.meeting"),
        *_when(released),
        *_blanks("invitation.place", "invitation.others", "invitation.languages", "invitation.costs"),
        _heading("invitation.before"),
        *_items("invitation.free", "invitation.risk", "invitation.quiet", "invitation.enclosed", "invitation.needs"),
        *_blanks("invitation.answer-by", "invitation.answer-to", "invitation.signed"),
    ]


def _who_invites(released: Released) -> list[Block]:
    if released.convenor is None:
        return [_paragraph("invitation.opening-open", title=released.title), *_blanks("invitation.convenor")]
    return [_paragraph("invitation.opening", convenor=released.convenor, title=released.title)]


def _whom_it_brings_together(released: Released) -> list[Block]:
    if not released.sides:
        return _blanks("invitation.sides-open")
    return [_paragraph("invitation.sides", sides=Listing(items=tuple(name for _, name in released.sides)))]


def _when(released: Released) -> list[Block]:
    """The days of the first programme as they are thought of today, or a line for them."""
    days = [day.date for section in released.sections for exhibit in section.exhibits if isinstance(exhibit, Programme) for day in exhibit.days]
    dated = [date.fromisoformat(day) for day in days if day]
    if not dated:
        return _blanks("invitation.dates")
    return [_paragraph("invitation.when", first=min(dated), last=max(dated))]


def _ground_rules(released: Released) -> list[Block]:
    return [
        _paragraph("ground-rules.for-whom", title=released.title),
        _heading("ground-rules.speaking"),
        *_items(
            "ground-rules.own-voice", "ground-rules.listening", "ground-rules.no-points", "ground-rules.needs-first", "ground-rules.respect",
            "ground-rules.names", "ground-rules.time", "ground-rules.silence",
        ),
        _heading("ground-rules.privacy"),
        *_items("ground-rules.rule", "ground-rules.devices", "ground-rules.who-came", "ground-rules.leak"),
        _heading("ground-rules.third-party"),
        *_items("ground-rules.facilitators", "ground-rules.interest", "ground-rules.breach"),
        _heading("ground-rules.own"),
        *_blanks("ground-rules.rule-here", "ground-rules.further", "ground-rules.further", "ground-rules.further", "ground-rules.accepted"),
    ]  # fmt: skip


def _chatham_house(released: Released) -> list[Block]:
    return [
        _paragraph("chatham-house.for-what", title=released.title),
        *_blanks("chatham-house.session"),
        _heading("chatham-house.rule"),
        *_items("chatham-house.use", "chatham-house.speaker", "chatham-house.anybody"),
        _heading("chatham-house.practice"),
        *_items(
            "chatham-house.description", "chatham-house.always", "chatham-house.notes", "chatham-house.pictures", "chatham-house.own-words",
            "chatham-house.by-name",
        ),
        _heading("chatham-house.stricter"),
        _paragraph("chatham-house.stricter-how"),
        *_items("chatham-house.no-notes", "chatham-house.destroyed", "chatham-house.summary"),
        _heading("chatham-house.limits"),
        _paragraph("chatham-house.promise"),
        *_blanks("chatham-house.agreed", "chatham-house.agreed-stricter", "chatham-house.destroyed-by"),
    ]  # fmt: skip


def _consent(released: Released) -> list[Block]:
    return [
        _paragraph("consent.about", title=released.title),
        _heading("consent.yes-or-no"),
        *_blanks("consent.take-part", "consent.keep-data", "consent.contact-between"),
        _heading("consent.what"),
        *_items("consent.reach", "consent.balance", "consent.travel", "consent.needs", "consent.said"),
        *_blanks("consent.further"),
        _heading("consent.who"),
        *_who_answers(released),
        *_blanks("consent.seen-by", "consent.passed-on", "consent.until"),
        _heading("consent.withdraw"),
        *_items("consent.any-time", "consent.then", "consent.part"),
        _heading("consent.no-longer"),
        *_items("consent.heard", "consent.handed-over", "consent.published"),
        _heading("consent.leak"),
        *_items("consent.leak-tell", "consent.leak-limit"),
        *_blanks("consent.leak-reach", "consent.leak-agreed"),
        _heading("consent.sign"),
        _paragraph("consent.code"),
        *_blanks("consent.signed", "consent.signed-us", "consent.contact", "consent.complain", "consent.withdrawn"),
    ]


def _who_answers(released: Released) -> list[Block]:
    if released.convenor is None:
        return _blanks("consent.answers-open")
    return [_paragraph("consent.answers", convenor=released.convenor)]
