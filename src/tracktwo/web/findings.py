"""What the considerations find of the initiative that somebody has before him: asked of the child, and kept in memory under his own key."""

from __future__ import annotations

from dataclasses import dataclass

from tracktwo.record.entries import STATED
from tracktwo.record.gate import Released
from tracktwo.record.inside import Inside
from tracktwo.record.screening import SCREENING
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.jobs import Job, What
from tracktwo.web.work import Standing, Work, work

_last: dict[bytes, str] = {}
"""Owner → number of the last job whose findings were shown: they are better than nothing while new ones are worked out."""
_MOST = 1000


@dataclass(frozen=True)
class Outlook:
    """The findings as far as they are there."""

    released: Released | None
    """The newest that there are; None where there are none yet."""
    fresh: bool
    """False where something was entered since, and the child is at work on it."""
    number: str
    standing: Standing | None


def job_of(asked: Asked, desk: Desk, what: What = "findings", *, names: bool = False, language: str | None = None) -> Job:
    """The job for what is on the desk: what was stated and decided, and nothing of what was said or sent in, which no consideration looks at."""
    stated = [entry for entry in desk.settled if isinstance(entry, (*STATED, *SCREENING))]
    return Job.of(
        what, stated, asked.today, hidden=True, names=names, language=language or asked.voice.language, home=str(desk.home.folder.resolve())
    )


def outlook(asked: Asked, desk: Desk, queue: Work | None = None) -> Outlook:
    """The findings of the initiative as of today, and whether newer ones are being worked out. Asks for them where nobody has yet."""
    queue, owner = queue or work(), desk.owner
    number = queue.ask(owner, job_of(asked, desk, language="en"))  # findings have no language before they are rendered
    released = queue.findings(owner, number)
    if released is not None:
        if len(_last) >= _MOST:
            _last.clear()
        _last[owner] = number
        return Outlook(released, True, number, queue.standing(owner, number))
    before = queue.findings(owner, _last[owner]) if owner in _last else None
    return Outlook(before, False, number, queue.standing(owner, number))


@dataclass(frozen=True)
class InsideOutlook:
    """What concerns people, as far as it is there."""

    inside: Inside | None
    number: str
    standing: Standing | None


def inside(asked: Asked, desk: Desk, queue: Work | None = None) -> InsideOutlook:
    """Who may be listed, what the law says to whom and who can come where, as of today. Asks for it where nobody has yet."""
    queue, owner = queue or work(), desk.owner
    number = queue.ask(owner, job_of(asked, desk, "people", language="en"))
    return InsideOutlook(queue.inside(owner, number), number, queue.standing(owner, number))
