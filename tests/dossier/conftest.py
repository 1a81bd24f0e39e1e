"""The voice of the samples: the real catalogues with one more, of the sample messages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.dossier import samples
from tracktwo.dossier.language import LOCALES, Voice


@pytest.fixture(scope="session")
def sample_locale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of catalogues: those of the product and `sample.po`."""
    folder = tmp_path_factory.mktemp("locale")
    shutil.copytree(LOCALES / "en", folder / "en")
    (folder / "en" / "LC_MESSAGES" / "sample.po").write_text(samples.catalogue(), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def spoken(sample_locale: Path) -> Voice:
    """English, and the samples' messages."""
    return Voice("en", sample_locale)
