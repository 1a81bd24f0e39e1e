"""What the templates of a page call: words of the catalogues and parameters, as markup."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from tracktwo.dossier.figures.svg import clean
from tracktwo.dossier.language import Span, Voice
from tracktwo.model.finding import Message, Param, Term


class Hands:
    """What templates call: words of the catalogues and parameters."""

    def __init__(self, voice: Voice, prefix: str) -> None:
        """`prefix` is what a code with a dot in front begins with."""
        self._voice, self._prefix = voice, prefix

    def text(self, code: str, **params: Param) -> Markup:
        """A message; with a dot in front it is one of these pages: `.summary` is `interface.page.summary` where that is the prefix."""
        full = f"{self._prefix}{code}" if code.startswith(".") else code
        return self.spans(self._voice.spans(Message(code=full, params=params)))

    def message(self, message: Message) -> Markup:
        return self.spans(self._voice.spans(message))

    def param(self, param: Param) -> Markup:
        return self.spans(self._voice.param(param))

    def spans(self, spans: Iterable[Span]) -> Markup:
        """Pieces of a sentence as markup: words that people wrote keep their own direction."""
        return Markup("").join(Markup("<bdi>{}</bdi>").format(clean(span.text)) if span.spoken else escape(span.text) for span in spans)

    def source_name(self, name: str) -> Markup:
        """The word for a source, or the name under which it was given."""
        return self.param(Term(term=f"source.{name}") if self._voice.knows(f"term.source.{name}") else name)
