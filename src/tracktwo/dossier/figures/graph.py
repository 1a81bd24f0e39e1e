"""Draws the actor map: sides left and right, who belongs to none in the middle, relations as curves with their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracktwo.dossier.alternative import alternative
from tracktwo.dossier.figures.svg import ALERT, DEEPS, INK, PAPER, RULE, SOFT, TINTS, Box, Canvas, Svg, measure, wrapped
from tracktwo.dossier.language import Voice
from tracktwo.model.exhibit import Edge, Graph, Node
from tracktwo.model.finding import Param, Term

WIDTH, CARD, TOP, GAP = 860, 178.0, 14.0, 22.0
COLUMNS = (20.0, (WIDTH - CARD) / 2, WIDTH - 20.0 - CARD)
LEFT, MIDDLE, RIGHT = range(3)
_Column = list[tuple[str | None, list[Node]]]
_CORNERS = {"party": 0, "person": 18, "organisation": 7, "decision": 0, "team": 7}


@dataclass(frozen=True)
class _Card:
    """A node where it stands: its box, its column, its colour, its words."""

    node: Node
    box: Box
    column: int
    colour: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class _Curve:
    """A relation from border to border: one cubic Bézier after another, four points each."""

    pieces: tuple[tuple[tuple[float, float], ...], ...]

    def at(self, t: float) -> tuple[float, float]:
        """The point at `t` between 0 (source) and 1 (target)."""
        n = min(int(t * len(self.pieces)), len(self.pieces) - 1)
        t = t * len(self.pieces) - n
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        x, y = (sum(weight * point[axis] for weight, point in zip(weights, self.pieces[n], strict=True)) for axis in (0, 1))
        return x, y


def draw(graph: Graph, voice: Voice, key: str) -> Svg:
    """Hostile relations are broken lines; one-way relations carry an arrow. A name that finds no free place is left to the table and counted."""
    canvas = Canvas(WIDTH, mirrored=voice.direction == "rtl")
    columns = _columns(graph)
    cards, panels, bottom = _place(graph, columns, voice)
    for name, box, colour in panels:
        _panel(canvas, voice.word(name), box, colour)
    gates = _gates([card.box for card in cards.values() if card.column == MIDDLE])
    curves = [(edge, _curve(cards[edge.source], cards[edge.target], n, gates)) for n, edge in enumerate(graph.edges) if _drawable(edge, cards)]
    for edge, curve in curves:
        _line(canvas, edge, curve)
    for card in cards.values():
        _draw_card(canvas, card)
    missing = _labels(canvas, curves, voice, [card.box for card in cards.values()])
    bottom = _legend(canvas, graph, voice, bottom + 16, missing)
    words = alternative(graph, voice)
    return canvas.finish(bottom, key, voice.say(graph.title), "".join(span.text for span in words.summary))


def _drawable(edge: Edge, cards: Mapping[str, _Card]) -> bool:
    return edge.source in cards and edge.target in cards and edge.source != edge.target


# -- places -----------------------------------------------------------------------------------------------------------


def _columns(graph: Graph) -> list[_Column]:
    """Left, middle, right: each a list of (side, its nodes), the nodes ordered so that relations cross little."""
    groups = [group for group, _ in graph.groups]
    by_group: dict[str | None, list[Node]] = {group: [] for group in groups}
    for node in graph.nodes:
        by_group.setdefault(node.group if node.group in by_group else None, []).append(node)
    columns: list[_Column] = [[], [], []]
    for n, group in enumerate(group for group in groups if by_group[group]):
        columns[RIGHT if n % 2 else LEFT].append((group, by_group[group]))
    if by_group.get(None):
        columns[MIDDLE].append((None, by_group[None]))
    near: dict[str, list[str]] = {node.id: [] for node in graph.nodes}
    for edge in graph.edges:
        if edge.source in near and edge.target in near:
            near[edge.source].append(edge.target)
            near[edge.target].append(edge.source)
    for _ in range(4):  # barycentre sweeps settle within a few rounds on maps of this size
        rank = {node.id: n / len(order) for order in (_flat(column) for column in columns) for n, node in enumerate(order)}
        for column in columns:
            for _, nodes in column:
                wanted = {node.id: _mean([rank[other] for other in near[node.id]], rank[node.id]) for node in nodes}
                nodes.sort(key=lambda node: (wanted[node.id], node.id))
    return columns


def _flat(column: _Column) -> list[Node]:
    return [node for _, nodes in column for node in nodes]


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _place(graph: Graph, columns: Sequence[_Column], voice: Voice) -> tuple[dict[str, _Card], list[tuple[Param, Box, int]], float]:
    names = dict(graph.groups)
    colours = {group: n % len(TINTS) for n, (group, _) in enumerate(graph.groups)}
    heights = [_height(column, names, voice) for column in columns]
    tallest = max(heights, default=0.0)
    cards: dict[str, _Card] = {}
    panels: list[tuple[Param, Box, int]] = []
    for n, column in enumerate(columns):
        x, y = COLUMNS[n], TOP + (tallest - heights[n]) / 2
        slack = _slack(column, tallest - heights[n])
        y -= slack * len(_flat(column)) / 2
        for group, nodes in column:
            top = y
            y += _heading(group, names, voice)
            for node in nodes:
                lines = tuple(wrapped(voice.word(node.label), CARD - 30, 12.5, most=4, bold=node.shape in {"party", "team"}))
                box = Box(x, y + slack / 2, CARD, _card_height(lines))
                cards[node.id] = _Card(node, box, n, colours.get(group or "", 7), lines)
                y += box.height + GAP + slack
            if group is not None:
                panels.append((names[group], Box(x - 14, top, CARD + 28, y - top - GAP + 14), colours[group]))
            y += 10
    return cards, panels, TOP + tallest


def _slack(column: _Column, free: float) -> float:
    """Room that a shorter column gives to each of its cards, so that curves have space between them."""
    count = sum(len(nodes) for _, nodes in column)
    return min(free / count, 60.0) if count else 0.0


def _card_height(lines: Sequence[str]) -> float:
    return 16 * len(lines) + 16


def _heading(group: str | None, names: Mapping[str, Param], voice: Voice) -> float:
    if group is None:
        return 0.0
    return 20 + 17 * len(_title(voice.word(names[group])))


def _title(words: str) -> list[str]:
    return wrapped(words, CARD, 13, most=2, bold=True)


def _height(column: _Column, names: Mapping[str, Param], voice: Voice) -> float:
    height = 0.0
    for group, nodes in column:
        height += _heading(group, names, voice) + 10
        for node in nodes:
            height += _card_height(wrapped(voice.word(node.label), CARD - 30, 12.5, most=4, bold=node.shape in {"party", "team"})) + GAP
    return height


# -- relations --------------------------------------------------------------------------------------------------------


def _gates(middle: Sequence[Box]) -> list[float]:
    """Heights at which a relation can pass the middle column without going under a card."""
    if not middle:
        return []
    ordered = sorted(middle, key=lambda box: box.y)
    between = [(above.bottom + below.y) / 2 for above, below in pairwise(ordered)]
    return [ordered[0].y - 16, *between, ordered[-1].bottom + 14]


def _curve(source: _Card, target: _Card, number: int, gates: Sequence[float]) -> _Curve:
    """Within one column a bow into the gap beside it; to the next column an S; past the middle column through a gate."""
    lean = (number % 3 - 1) * 6.0  # relations between the same two cards do not lie on each other
    ys, yt = source.box.middle[1] + lean, target.box.middle[1] + lean
    if source.column == target.column:
        rightwards = source.column == LEFT or (source.column == MIDDLE and number % 2 == 0)
        xs = source.box.right if rightwards else source.box.x
        bow = (36 + min(abs(ys - yt) / 5, 46)) * (1 if rightwards else -1)
        return _Curve((((xs, ys), (xs + bow, ys), (xs + bow, yt), (xs, yt)),))
    forward = source.column < target.column
    xs = source.box.right if forward else source.box.x
    xt = target.box.x if forward else target.box.right
    if MIDDLE in (source.column, target.column) or not gates:
        return _Curve((_bend((xs, ys), (xt, yt)),))
    pass_at = min(gates, key=lambda y: (abs(y - (ys + yt) / 2), y)) + lean / 2
    near, far = COLUMNS[MIDDLE] - 6, COLUMNS[MIDDLE] + CARD + 6
    entry, leave = ((near, pass_at), (far, pass_at)) if forward else ((far, pass_at), (near, pass_at))
    return _Curve((_bend((xs, ys), entry), _bend(entry, leave), _bend(leave, (xt, yt))))


def _bend(start: tuple[float, float], end: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    reach = (end[0] - start[0]) * 0.45
    return (start, (start[0] + reach, start[1]), (end[0] - reach, end[1]), end)


def _line(canvas: Canvas, edge: Edge, curve: _Curve) -> None:
    colour = ALERT if edge.hostile else SOFT
    (x, y), *_ = curve.pieces[0]
    path = f"M{x:.1f} {y:.1f}"
    for _, one, two, end in curve.pieces:
        path += f" C{one[0]:.1f} {one[1]:.1f} {two[0]:.1f} {two[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
    width, dashes = (2.2, "7 5") if edge.hostile else (1.4, None)
    canvas.add("path", d=path, fill="none", stroke=colour, stroke_width=width, stroke_dasharray=dashes)
    if not edge.mutual:
        (before, _), (x, y) = curve.pieces[-1][2:]
        way = 1 if x > before else -1
        canvas.add("path", d=f"M{x:.1f} {y:.1f} l{-9 * way} -5 l0 10 z", fill=colour)


def _labels(canvas: Canvas, curves: Sequence[tuple[Edge, _Curve]], voice: Voice, cards: Sequence[Box]) -> int:
    """Write the name of each relation on its curve where nothing else stands; return how many found no place."""
    taken = list(cards)
    missing = 0
    for edge, curve in curves:
        lines = wrapped(voice.word(edge.label), 116, 11.5, most=2)
        width, height = max(measure(line, 11.5) for line in lines) + 8, 14.0 * len(lines) + 3
        for t in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82):
            x, y = curve.at(t)
            x = min(max(x, width / 2 + 2), WIDTH - width / 2 - 2)
            box = Box(x - width / 2, y - height / 2, width, height)
            if not any(box.meets(other, 2) for other in taken):
                break
        else:
            missing += 1
            continue
        taken.append(box)
        canvas.rect(box, PAPER, rx=3, stroke=RULE, stroke_width=0.6)
        canvas.lines(x, box.y + 12, lines, size=11.5, leading=14, anchor="middle", fill=ALERT if edge.hostile else INK)
    return missing


# -- cards ------------------------------------------------------------------------------------------------------------


def _panel(canvas: Canvas, name: str, box: Box, colour: int) -> None:
    canvas.rect(box, TINTS[colour], rx=10, fill_opacity=0.55)
    canvas.lines(box.middle[0], box.y + 20, _title(name), size=13, leading=17, anchor="middle", bold=True, fill=DEEPS[colour])


def _draw_card(canvas: Canvas, card: _Card) -> None:
    shape = card.node.shape
    team = shape == "team"
    stroke = INK if shape == "decision" else DEEPS[card.colour]
    canvas.rect(card.box, INK if team else PAPER, rx=_CORNERS[shape], stroke=stroke, stroke_width=2.6 if shape == "decision" else 1.4)
    if shape == "decision":
        x, y = card.box.middle[0], card.box.y
        canvas.add("path", d=f"M{x:.1f} {y - 9:.1f} l9 9 l-9 9 l-9 -9 z", fill=INK, stroke=PAPER, stroke_width=1.5)
    x, y = card.box.middle
    first = y - 8 * (len(card.lines) - 1) + 4.5
    canvas.lines(x, first, card.lines, size=12.5, leading=16, anchor="middle", bold=team or shape == "party", fill=PAPER if team else INK)


def _legend(canvas: Canvas, graph: Graph, voice: Voice, y: float, missing: int) -> float:
    x = COLUMNS[LEFT] - 14
    shapes = [shape for shape in _CORNERS if any(node.shape == shape for node in graph.nodes)]
    items: list[tuple[str, str]] = [(shape, voice.word(Term(term=f"node.{shape}"))) for shape in shapes]
    items += [("hostile", voice.text("interface.graph.hostile"))] if any(edge.hostile for edge in graph.edges) else []
    items += [("way", voice.text("interface.graph.one-way"))] if any(not edge.mutual for edge in graph.edges) else []
    for kind, label in items:
        width = 34 + measure(label) + 18
        if x + width > WIDTH:
            x, y = COLUMNS[LEFT] - 14, y + 22
        _swatch(canvas, kind, x, y)
        canvas.text(x + 34, y + 12, label)
        x += width
    if missing:
        y += 22
        canvas.text(COLUMNS[LEFT] - 14, y + 12, voice.text("interface.graph.unlabelled", count=missing), fill=SOFT, italic=True)
    return y + 26


def _swatch(canvas: Canvas, kind: str, x: float, y: float) -> None:
    if kind in {"hostile", "way"}:
        colour = ALERT if kind == "hostile" else SOFT
        dashes = "7 5" if kind == "hostile" else None
        canvas.line(x, y + 8, x + 26, y + 8, colour, stroke_width=2.2 if kind == "hostile" else 1.4, stroke_dasharray=dashes)
        if kind == "way":
            canvas.add("path", d=f"M{x + 28:.1f} {y + 8:.1f} l-9 -5 l0 10 z", fill=colour)
        return
    box = Box(x, y, 26, 16)
    canvas.rect(box, INK if kind == "team" else PAPER, rx=min(_CORNERS[kind], 8), stroke=INK, stroke_width=2.6 if kind == "decision" else 1.4)
    if kind == "decision":
        canvas.add("path", d=f"M{x + 13:.1f} {y - 4:.1f} l5 5 l-5 5 l-5 -5 z", fill=INK)
