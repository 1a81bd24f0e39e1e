"""One row of a table with its place, so that every error can name file, line and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tracktwo.sources.table import UnreadableSource, whole_number

Code = TypeVar("Code")


@dataclass(frozen=True)
class Row:
    """The values of `columns`, in that order. All methods raise UnreadableSource with the place where a value cannot be read."""

    file: str
    line: int
    columns: tuple[str, ...]
    values: list[str]

    def __getitem__(self, column: str) -> str:
        return self.values[self.columns.index(column)].strip()

    def wrong(self, column: str, right: str) -> UnreadableSource:
        """Return the error that says what the value of `column` should be."""
        return UnreadableSource(f"{self.file}, line {self.line}: {column} should be {right}, not '{self[column]}'")

    def number(self, column: str) -> int:
        """Return a whole number, also where it was saved as 12.0."""
        return whole_number(self[column], table=self.file, line=self.line, column=column)

    def degrees(self, column: str, limit: int) -> float:
        """Return degrees of latitude (limit 90) or longitude (limit 180)."""
        try:
            value = float(self[column])
        except ValueError:
            value = float("nan")
        if not -limit <= value <= limit:
            raise self.wrong(column, f"degrees between -{limit} and {limit}")
        return value

    def day(self, column: str) -> date:
        """Return a day that is written with the year first; a time after it is left out."""
        try:
            return date.fromisoformat(self[column][:10])
        except ValueError:
            raise self.wrong(column, "a date such as 2024-12-31") from None

    def coded(self, column: str, codes: Mapping[str, Code]) -> Code:
        """Return what a publisher's code stands for, also where it was saved as 1.0."""
        code = self[column].removesuffix(".0")
        if code not in codes:
            raise self.wrong(column, f"one of {', '.join(codes)}")
        return codes[code]
