"""The reader of menus: one dish a row; what is wrong is told with file and row."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tracktwo.sources.dishes import read_dishes
from tracktwo.sources.table import UnreadableSource


def written(folder: Path, text: str) -> Path:
    path = folder / "menu.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_dishes_come_in_their_order_with_each_ingredient_once(tmp_path: Path) -> None:
    path = written(tmp_path, "Day,Dish,Ingredients\n1,Lamb  stew,lamb; onions ;lamb\n1,Salad,lentils\n")
    assert [(dish.name, dish.ingredients, dish.row) for dish in read_dishes(path)] == [
        ("Lamb stew", ("lamb", "onions"), 2),
        ("Salad", ("lentils",), 3),
    ]


def test_a_workbook_is_read_as_a_table_is(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("dish", "ingredients"), ("Soup", "rice; leek")):
        book.active.append(row)
    book.save(tmp_path / "menu.xlsx")
    assert [(dish.name, dish.ingredients) for dish in read_dishes(tmp_path / "menu.xlsx")] == [("Soup", ("rice", "leek"))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("dish,what\nSoup,rice\n", "row 1: there is no column ingredients"),
        ("dish,ingredients\n", "holds no dish under its header"),
        ("dish,ingredients\nSoup,\n", "row 2: ingredients are missing"),
        ("dish,ingredients\n,rice\n", "row 2: the name of the dish is missing"),
        ("dish,ingredients\nSoup,rice\nsoup,leek\n", "row 3: 'soup' stands twice"),
        ("dish,ingredients\n" + "".join(f"Soup {n},rice\n" for n in range(501)), "more than 500 dishes"),
    ],
    ids=["empty", "no column", "no dish", "no ingredients", "no name", "twice", "too many"],
)
def test_what_is_wrong_is_told_with_its_row(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UnreadableSource, match=said):
        read_dishes(written(tmp_path, text))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"menu\.csv does not exist"):
        read_dishes(tmp_path / "menu.csv")
