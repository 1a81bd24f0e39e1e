"""The page that `make gates` writes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

CONFTEST = Path(__file__).with_name("conftest.py")
GATES = """\
import pytest

@pytest.mark.gate
def test_a_thing_that_holds(figure):
    figure("12 of 12")

@pytest.mark.gate
def test_a_thing_that_does_not(figure):
    figure("11 of 12")
    assert False

def test_no_gate():
    raise AssertionError("not to be run")
"""


def test_the_page_tells_what_held_and_what_did_not(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "test_two.py").write_text(GATES, encoding="utf-8")
    page = tmp_path / "gates.md"
    arguments = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "addopts=", "-m", "gate", "--gates", str(page), str(tmp_path)]
    result = subprocess.run([sys.executable, *arguments], cwd=CONFTEST.parent.parent, capture_output=True, text=True, check=False)
    assert result.returncode == 1, result.stdout
    text = page.read_text(encoding="utf-8")
    assert re.search(r"\| a thing that does not \| 11 of 12 \| \*\*did not hold\*\* \| .*\n\| a thing that holds \| 12 of 12 \| held \| ", text)
    assert "no gate" not in text
    assert "- machine: " in text
    (tmp_path / "test_two.py").write_text(GATES.replace("12 of 12", "13 of 13"), encoding="utf-8")
    subprocess.run([sys.executable, *arguments, "--gates-add", "-k", "holds"], cwd=CONFTEST.parent.parent, capture_output=True, check=False)
    rows = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| a thing")]
    assert [re.sub(r" `.*", "", row) for row in rows] == [
        "| a thing that does not | 11 of 12 | **did not hold** |",
        "| a thing that holds | 13 of 13 | held |",
    ]


def test_a_test_without_real_data_is_counted_in_the_last_line(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "test_data.py").write_text("def test_reads(test_data): pass\ndef test_too(test_data): pass\ndef test_not(): pass\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "addopts=", str(tmp_path)]
    unset = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env={"PATH": ""})
    assert unset.returncode == 0
    assert unset.stdout.splitlines()[-1] == "tests skipped for missing data: 2"
    absent = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env={"PATH": "", "TRACKTWO_TEST_DATA": "nowhere"})
    assert absent.returncode == 1
    assert "which is no folder" in absent.stdout
    assert absent.stdout.splitlines()[-1] == "tests skipped for missing data: 0"
