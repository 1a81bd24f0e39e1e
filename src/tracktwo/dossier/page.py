"""The dossier as one self-contained page: `dossier.html`, without scripts and without a single request."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tracktwo.dossier.figures.svg import Svg, clean
from tracktwo.dossier.hands import Hands
from tracktwo.dossier.language import Voice
from tracktwo.dossier.reading import Reading
from tracktwo.dossier.remarks import place_in, remark_on
from tracktwo.dossier.texts import day_one_texts
from tracktwo.model.finding import Listing, Term

TEMPLATES = Path(__file__).parent / "templates"
_LEAST_SCALE = 0.85
"""A figure shrinks to this part of its full size and then scrolls: its smallest words, eleven pixels, stay above nine."""


def dossier_html(reading: Reading, voice: Voice) -> bytes:
    """`dossier.html` in UTF-8; the same input gives the same bytes. Raises MissingMessage."""
    hands = Hands(voice, "interface.page")
    released = reading.released
    sides = dict(released.sides)
    text = (
        _templates()
        .get_template("dossier.html")
        .render(
            page=reading,
            released=released,
            voice=voice,
            style=_style(),
            total=sum(count for _, count in reading.kinds),
            side_names=sides.values(),
            sides_of=lambda person: (sides.get(side, side) for side in person.sides),
            listing=lambda items: Listing(items=tuple(items)),
            term=lambda table, value: Term(term=f"{table}.{value.replace(' ', '-')}"),
            t=hands.text,
            w=hands.param,
            s=hands.spans,
            link=web_address,
            drawn=lambda drawing: Markup(drawing.markup),  # noqa: S704 - written by ElementTree, which escapes
            least_width=_least_width,
            source_name=hands.source_name,
            place_in=lambda evidence: hands.spans(place_in(evidence, voice)),
            remark_on=lambda source: hands.spans(remark_on(source, released.as_of, voice)),
            texts=day_one_texts(released),
            message=hands.message,
        )
    )
    return text.encode("utf-8")


def web_address(url: str | None) -> str | None:
    """The address where it is one of the web, else None: no other kind of address becomes a link."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def _least_width(drawing: Svg) -> int:
    return round(drawing.width * _LEAST_SCALE)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_tidy
    )


def _tidy(value: object) -> object:
    """What a template puts in: words that did not come through `Hands` lose the signs that would turn or break what follows."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@lru_cache(maxsize=1)
def _style() -> Markup:
    return Markup((TEMPLATES / "style.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file
