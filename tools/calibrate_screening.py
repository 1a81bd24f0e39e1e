"""Fit the score of screening on labelled pairs and synthetic innocents, check it by list entry, and write its tables.

Run as `python -m tools.calibrate_screening DATA` with the folder that `TRACKTWO_TEST_DATA` names. It writes `frequencies.py` and `coefficients.py` of
`tracktwo.methods.screening` and prints what the calibration reaches on entries that it was not fitted on. Run it twice after a change of the
evidence: which name of an entry is compared depends on the coefficients before.
"""

from __future__ import annotations

import argparse
import importlib
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from benchmarks import screening as protocol
from benchmarks.screening import Pair
from tracktwo.methods.screening import coefficients, frequencies
from tracktwo.methods.screening.index import build
from tracktwo.methods.screening.names import Token, parse
from tracktwo.methods.screening.rarity import Rarity, counted
from tracktwo.methods.screening.screening import best_of, met_in
from tracktwo.model.listing import ListedEntry, ListSnapshot, Sought

PACKAGE = Path(coefficients.__file__).parent
AGREEING = {
    "agreed": 0.0, "agreed_more": 0.0, "share": 0.0, "share_listed": 0.0, "quality": 0.0, "first": 0.0, "acronym": 0.0, "birth_year": 0.0,
    "birth_month": 0.5, "birth_day": 1.2, "birth_near": 0.0, "places_agree": 0.0,
}  # fmt: skip
"""Evidence for, and how much it weighs at least: by chance a month agrees once in twelve and its day once in thirty; the pairs show few of either."""
CONTRADICTING = {
    "alone": None, "left": None, "clash": None, "birth_off": None, "birth_far": None, "birth_apart": None, "places_differ": -1.5, "other_kind": -2.5,
    "weak": None,
}  # fmt: skip
"""Evidence against, and how much it may weigh at most. Rosters state one citizenship of several and lists many places, and the innocents' countries
were drawn by lot: the fit would trust them more than life allows. Nor do pairs say how often an organisation is entered as a person."""
NAMES = (*AGREEING, *CONTRADICTING)
FOLDS = 10
RIDGE = 0.2
INNOCENT_WEIGHT = 0.3
ORGANISATION_WEIGHT = 0.5
FLAGGED = 0.0085
"""The share of innocents that may be flagged in cross-validation: a margin below the 1.25 % that is promised."""
SURE = 0.001
LEAST_COUNT = 3
Matrix = npt.NDArray[np.float64]


def main() -> None:
    """Fit, check and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--innocents", type=int, default=2500)
    chosen = parser.parse_args()
    snapshots = protocol.lists(chosen.data)
    _write_frequencies(snapshots)
    tested = protocol.pairs(chosen.data)
    index = build(sorted(((one.key, e) for one in protocol.hidden(snapshots, tested) for e in one.entries), key=lambda pair: (pair[0], pair[1].id)))
    rows = [_row(pair.sought, pair.entry) for pair in tested]
    innocents = random.Random(5).sample(protocol.innocents(chosen.data), chosen.innocents)  # noqa: S311 - a sample, no secrets
    met = [np.array([_vector(best.evidence.features()) for _, _, best in met_in(one, index)]).reshape(-1, len(NAMES)) for one in innocents]
    listed = protocol.in_lists(snapshots, tested, people_only=False)
    as_used = {
        pair.sought.id: np.array(
            [_vector(best.evidence.features()) for key, entry, best in met_in(pair.sought, index) if protocol.list_id(key, entry.id) == pair.entry.id]
        ).reshape(-1, len(NAMES))
        for pair in listed
    }
    _calibrate(tested, np.array(rows), met, as_used)


def _row(sought: Sought, entry: ListedEntry) -> list[float]:
    best = best_of(sought, entry, Rarity())
    return _vector(best.evidence.features() if best else {"alone": 1.0, "left": 1.0, "clash": 1.0})


def _vector(features: dict[str, float]) -> list[float]:
    return [features.get(name, 0.0) for name in NAMES]


def _folds(ids: Sequence[str]) -> npt.NDArray[np.int64]:
    """A fold for each pair, the same for all pairs of one list entry."""
    entries = sorted(set(ids))
    random.Random(1).shuffle(entries)  # noqa: S311 - folds, no secrets
    fold = {entry: number % FOLDS for number, entry in enumerate(entries)}
    return np.array([fold[entry] for entry in ids])


def _fit(rows: Matrix, same: Matrix, weights: Matrix) -> Matrix:
    """Logistic regression with a ridge, in which agreement may not count against a pair nor contradiction for it."""
    with_one = np.column_stack([np.ones(len(rows)), rows])

    def loss(at: Matrix) -> tuple[float, Matrix]:
        strength = with_one @ at
        chance = 1.0 / (1.0 + np.exp(-strength))
        slope = with_one.T @ (weights * (chance - same))
        slope[1:] += RIDGE * at[1:]
        return float(np.sum(weights * (np.logaddexp(0, strength) - same * strength)) + RIDGE / 2 * np.sum(at[1:] ** 2)), slope

    bounds = [(None, None), *((least, None) for least in AGREEING.values()), *((least, 0.0) for least in CONTRADICTING.values())]
    fitted: Matrix = minimize(loss, np.zeros(with_one.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x
    return fitted


def _strength(at: Matrix, rows: Matrix) -> Matrix:
    found: Matrix = at[0] + rows @ at[1:]
    return found


def _calibrate(tested: Sequence[Pair], rows: Matrix, met: Sequence[Matrix], as_used: dict[str, Matrix]) -> None:
    same = np.array([pair.same for pair in tested], float)
    organisation = np.array([pair.sought.kind == "organisation" for pair in tested])
    as_person = rows.copy()
    as_person[:, NAMES.index("other_kind")] = 1.0
    fold = _folds([pair.entry.id for pair in tested])
    free = np.arange(len(met)) % FOLDS

    def fitted(kept: npt.NDArray[np.bool_], kept_free: npt.NDArray[np.bool_]) -> Matrix:
        nobody = np.concatenate([one for one, kept_one in zip(met, kept_free, strict=True) if kept_one])
        also = kept & organisation
        return _fit(
            np.concatenate([rows[kept], as_person[also], nobody]),
            np.concatenate([same[kept], same[also], np.zeros(len(nobody))]),
            np.concatenate([np.ones(kept.sum()), np.full(also.sum(), ORGANISATION_WEIGHT), np.full(len(nobody), INNOCENT_WEIGHT)]),
        )

    strengths, innocent = np.zeros(len(rows)), np.full(len(met), -60.0)
    used = {pair.sought.id: -60.0 for pair in tested if pair.sought.id in as_used}
    for number in range(FOLDS):
        at = fitted(fold != number, free != number)
        strengths[fold == number] = _strength(at, rows[fold == number])
        for one, its_rows in enumerate(met):
            if free[one] == number:
                innocent[one] = max(_strength(at, its_rows), default=-60.0)
        for pair, its in zip(tested, fold, strict=True):
            if its == number and pair.sought.id in used:
                used[pair.sought.id] = max(_strength(at, as_used[pair.sought.id]), default=-60.0)
    slope = _fit_line(strengths, same)
    possible, likely = (float(np.quantile(innocent, 1 - share)) for share in (FLAGGED, SURE))
    final = fitted(np.ones(len(rows), bool), np.ones(len(met), bool))
    _report(tested, strengths, same, innocent, used, possible, likely)
    _write_coefficients(final, slope, possible, likely, len(tested), len(met))


def _fit_line(strengths: Matrix, same: Matrix) -> tuple[float, float]:
    """Slope and offset that make strengths probabilities. Source: J. Platt, Probabilistic Outputs for Support Vector Machines, 1999."""

    def loss(at: Matrix) -> float:
        line = at[0] * strengths + at[1]
        return float(np.sum(np.logaddexp(0, line) - same * line))

    slope, offset = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return float(slope), float(offset)


def _report(
    tested: Sequence[Pair], strengths: Matrix, same: Matrix, innocent: Matrix, used: dict[str, float], possible: float, likely: float
) -> None:
    truths = [bool(one) for one in same]
    found = [float(strength) for strength in strengths]
    print(f"pairs, by entry: AUC {protocol.area(found, truths):.3f}, recall at precision .95 {protocol.recall_at(found, truths, 0.95):.3f}")
    for script in sorted({pair.script for pair in tested}):
        chosen = [number for number, pair in enumerate(tested) if pair.script == script]
        if len({truths[number] for number in chosen}) == 2:
            print(f"  {script}: {len(chosen)} pairs, AUC {protocol.area([float(strengths[n]) for n in chosen], [truths[n] for n in chosen]):.3f}")
    acronyms = [float(strengths[n]) for n, pair in enumerate(tested) if "acronym" in pair.tags]
    print(f"  acronyms: {np.mean(np.array(acronyms) >= possible):.2f} of {len(acronyms)} possible or likely")
    for name, least in (("possible", possible), ("likely", likely)):
        right = strengths >= least
        print(f"{name}: innocents {np.mean(innocent >= least):.4f}, pairs recall {right[same == 1].mean():.3f}, precision {same[right].mean():.3f}")
        for kind in ("person", "organisation"):
            scores = [used[pair.sought.id] for pair in tested if pair.sought.id in used and pair.sought.kind == kind]
            print(f"  as used, {kind}: recall {np.mean(np.array(scores) >= least):.3f} of {len(scores)}")


def _tokens(entry: ListedEntry) -> Iterator[Token]:
    return (token for written in entry.names for name in parse(written.text) for reading in name.readings[:1] for token in reading)


def _write_frequencies(snapshots: Sequence[ListSnapshot]) -> None:
    entries = [entry for one in snapshots for entry in one.entries if entry.kind in ("person", "organisation")]
    counts = {key: count for key, count in counted(_tokens(entry) for entry in entries).items() if count >= LEAST_COUNT}
    words = " ".join(f"{key}:{count}" for key, count in sorted(counts.items()))
    days = ", ".join(f"{one.publisher} {one.as_of or 'of no date'}" for one in snapshots)
    (PACKAGE / "frequencies.py").write_text(
        f'"""How many of {len(entries):,} listed persons and organisations have a word that sounds so.\n\n'
        f"Written by `python -m tools.calibrate_screening` from public lists\n({days}):\n"
        f"sounds without vowels that at least {LEAST_COUNT} entries have, and no names.\n"
        f'"""\n\nfrom __future__ import annotations\n\nNAMED = {len(entries)}\n_TABLE = """\n{_wrapped(words)}\n"""\n'
        'COUNTS: dict[str, int] = {key: int(count) for key, _, count in (entry.rpartition(":") for entry in _TABLE.split())}\n',
        encoding="utf-8",
    )
    importlib.reload(frequencies)


def _wrapped(words: str, width: int = 148) -> str:
    lines, line = [], ""
    for word in words.split():
        if len(line) + len(word) + 1 > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])


def _write_coefficients(at: Matrix, line: tuple[float, float], possible: float, likely: float, pairs: int, free: int) -> None:
    slope, offset = line
    weights = "\n".join(f'    "{name}": {value:.3f},' for name, value in zip(NAMES, at[1:], strict=True) if abs(value) >= 0.0005)
    (PACKAGE / "coefficients.py").write_text(
        f'"""The calibration of the score, of {datetime.now(UTC):%Y-%m-%d}.\n\n`tools.calibrate_screening` fitted it on {pairs} labelled pairs\n'
        f"and {free:,} synthetic innocents against 9,296 entries (UN of February 2026, OFAC of 2021), fitted with ridge, checked by list entry.\n"
        f'"""\n\nfrom __future__ import annotations\n\nINTERCEPT = {at[0]:.3f}\nCOEFFICIENTS: dict[str, float] = {{\n{weights}\n}}\n'
        f"SLOPE, OFFSET = {slope:.3f}, {offset:.3f}\n"
        '"""With these a weighted sum of evidence becomes the share of pairs that were the same, on entries that were not fitted on."""\n'
        f"LIKELY = {_chance(slope * likely + offset):.4f}\nPOSSIBLE = {_chance(slope * possible + offset):.4f}\n"
        f'"""Scores that {SURE:.1%} and {FLAGGED:.2%} of the innocents reach."""\n',
        encoding="utf-8",
    )


def _chance(strength: float) -> float:
    return float(1.0 / (1.0 + np.exp(-strength)))


if __name__ == "__main__":
    main()
