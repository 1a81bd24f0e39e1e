from __future__ import annotations

import json

import jsonschema
import pytest

from tests.dossier import samples
from tracktwo.dossier.document import dossier_json, dossier_schema
from tracktwo.dossier.language import MissingMessage, Voice, voice
from tracktwo.model.rows import ALL_ROWS
from tracktwo.record.gate import Released


@pytest.fixture(scope="module")
def written(spoken: Voice) -> bytes:
    return dossier_json(samples.released(), spoken)


@pytest.mark.parametrize("released", [samples.released(), samples.released(names=True), samples.released(exhibits=False, findings=False)])
def test_the_dossier_keeps_its_schema(spoken: Voice, released: Released) -> None:
    schema = json.loads(dossier_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(dossier_json(released, spoken)))


def test_the_schema_refuses_a_dossier_without_a_row(written: bytes) -> None:
    content = json.loads(written)
    del content["rows"]["A9"]
    with pytest.raises(jsonschema.ValidationError, match="A9"):
        jsonschema.Draft202012Validator(json.loads(dossier_schema())).validate(content)


def test_the_dossier_has_exactly_its_parts(written: bytes) -> None:
    assert list(json.loads(written)) == sorted(
        "format software title challenge fictional names_people written as_of language sides people rows findings exhibits sources".split()
    )


def test_every_row_is_there_with_the_findings_that_answer_it(written: bytes) -> None:
    content = json.loads(written)
    assert list(content["rows"]) == sorted(ALL_ROWS)
    found = {finding["id"]: finding for finding in content["findings"]}
    assert len(found) == len(content["findings"])
    assert content["rows"]["F12"] == []
    for row, ids in content["rows"].items():
        assert ids == [finding["id"] for finding in content["findings"] if row in finding["rows"]]


def test_a_finding_is_written_with_its_sentence_and_what_is_behind_it(written: bytes) -> None:
    finding = next(item for item in json.loads(written)["findings"] if item["severity"] == "serious" and item["kind"] == "unknown")
    assert finding["statement"].startswith("Nobody has said who of the East Bank")
    assert finding["ask"] == ["the elders of Old Ford", "the facilitator", "A-01"]
    assert finding["decision"] == "the agenda"
    assert finding["next_step"] == "Ask the elders for a signed letter before the first invitation leaves."
    assert finding["params"] == {"side": "the East Bank"}


def test_every_exhibit_has_an_alternative_as_wide_as_its_header(written: bytes) -> None:
    exhibits = json.loads(written)["exhibits"]
    assert {exhibit["type"] for exhibit in exhibits} == {"table", "trend", "graph", "theory", "runway", "programme", "points"}
    for exhibit in exhibits:
        words = exhibit["alternative"]
        assert words["summary"]
        assert words["lines"]
        assert {len(line) for line in words["lines"]} == {len(words["header"])}


def test_an_alternative_says_what_the_data_say(written: bytes) -> None:
    words = {exhibit["type"]: exhibit["alternative"] for exhibit in json.loads(written)["exhibits"]}
    assert words["trend"]["lines"][0] == ["2004", "148", "102", "48", "298"]
    assert words["trend"]["lines"][1] == ["2005", "–", "115", "55", "170"]
    assert ["Ford Night Watch", "East Bank towns", "organisation", "fights Kana Herders' Union"] in words["graph"]["lines"]
    assert words["runway"]["lines"][2] == ["June 2026", "EUR\u00a035,500", "EUR\u00a035,500", "1"]
    assert words["points"]["lines"][-1][0] == "70 events without a name"


def test_words_are_written_as_they_were_said(written: bytes) -> None:
    text = written.decode("utf-8")
    assert json.dumps(samples.QUOTES, ensure_ascii=False)[1:-1] in text
    assert samples.ARABIC in text


def test_the_same_dossier_is_the_same_bytes(spoken: Voice, written: bytes) -> None:
    assert dossier_json(samples.released(), spoken) == written
    assert written.endswith(b"\n}\n")


def test_a_name_is_in_the_dossier_only_where_names_were_asked_for(spoken: Voice, written: bytes) -> None:
    assert b"Zebulon" not in written
    assert b"Zebulon" in dossier_json(samples.released(names=True), spoken)


def test_a_sentence_that_no_catalogue_holds_stops_the_dossier() -> None:
    with pytest.raises(MissingMessage, match="sample"):
        dossier_json(samples.released(), voice())
