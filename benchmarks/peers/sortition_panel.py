"""The peer of our panels, run by an interpreter that has sortition-algorithms, python-mip and gurobipy: its leximin or its maximin.

Arguments: the two tables, the size, `leximin` or `maximin`, and the backend. One JSON object on stdout: `seconds`, `probabilities` (person → chance).
"""

from __future__ import annotations

import csv
import json
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any


def main() -> None:
    """Answer what the arguments ask."""
    people_file, quota_file, size, fairness, backend = sys.argv[1:]
    features_of: Any = import_module("sortition_algorithms.features").read_in_features
    people_of: Any = import_module("sortition_algorithms.people").read_in_people
    settings: Any = import_module("sortition_algorithms.settings").Settings
    find: Any = getattr(import_module(f"sortition_algorithms.committee_generation.{fairness}"), f"find_distribution_{fairness}")
    quotas, head = _rows(quota_file)
    if "category" in head:  # the peer reads the other of the two headers that are in use
        quotas = [{"feature": row["category"], "value": row["feature"], "min": row["min"], "max": row["max"]} for row in quotas]
        head = ["feature", "value", "min", "max"]
    rows, columns = _rows(people_file)
    if not {"id", "nationbuilder_id"} & set(columns):
        columns = ["id", *columns]
        rows = [{"id": str(number), **row} for number, row in enumerate(rows)]
    key = "id" if "id" in columns else "nationbuilder_id"
    features = features_of(head, quotas, int(size))[0]
    people = people_of(columns, rows, features, settings(id_column=key, columns_to_keep=[], solver_backend=backend))[0]
    began = time.perf_counter()
    panels, chances, _ = find(features, people, int(size), [], backend)
    seconds = time.perf_counter() - began
    probabilities = dict.fromkeys(people, 0.0)
    for panel, chance in zip(panels, chances, strict=True):
        for person in panel:
            probabilities[person] += chance
    sys.stdout.write(json.dumps({"seconds": seconds, "probabilities": probabilities}))


def _rows(path: str) -> tuple[list[dict[str, str]], list[str]]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader), list(reader.fieldnames or ())


if __name__ == "__main__":
    main()
