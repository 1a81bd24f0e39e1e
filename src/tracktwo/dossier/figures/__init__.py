"""Figures: exhibits drawn as SVG, each by a pure function of its own module."""

from __future__ import annotations

from tracktwo.dossier.figures import graph, points, programme, runway, theory, trend
from tracktwo.dossier.figures.svg import Svg
from tracktwo.dossier.language import Voice
from tracktwo.model.exhibit import AnyExhibit, Graph, PointsMap, Programme, Runway, Table, Theory, Trend
from tracktwo.model.finding import content_id

__all__ = ["Svg", "draw"]


def draw(exhibit: AnyExhibit, voice: Voice) -> Svg | None:
    """Draw an exhibit; None for a table, which is read as it is. Raises MissingMessage."""
    key = content_id(exhibit.model_dump(mode="json"))
    match exhibit:
        case Trend():
            return trend.draw(exhibit, voice, key)
        case Graph():
            return graph.draw(exhibit, voice, key)
        case Theory():
            return theory.draw(exhibit, voice, key)
        case Runway():
            return runway.draw(exhibit, voice, key)
        case Programme():
            return programme.draw(exhibit, voice, key)
        case PointsMap():
            return points.draw(exhibit, voice, key)
        case Table():
            return None
