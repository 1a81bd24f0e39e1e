"""The voice of the samples: the real catalogues with one more, of the sample messages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.dossier import samples
from tracktwo.dossier.language import LOCALES, Voice

ARABIC_FORMS = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"


@pytest.fixture(scope="session")
def sample_locale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of catalogues: those of the product and `sample.po`."""
    folder = tmp_path_factory.mktemp("locale")
    for language, forms in (("en", "nplurals=2; plural=(n != 1);"), ("ar", ARABIC_FORMS)):
        shutil.copytree(LOCALES / language, folder / language)
        catalogue = samples.catalogue().replace("Language: en", f"Language: {language}").replace("nplurals=2; plural=(n != 1);", forms)
        if language == "ar":
            catalogue = re.sub(r"msgstr\[1\] (.*)", lambda found: "\n".join(f"msgstr[{n}] {found[1]}" for n in range(1, 6)), catalogue)
        (folder / language / "LC_MESSAGES" / "sample.po").write_text(catalogue, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def spoken(sample_locale: Path) -> Voice:
    """English, and the samples' messages."""
    return Voice("en", sample_locale)


@pytest.fixture(scope="session")
def sample_arabic(sample_locale: Path) -> Voice:
    """Arabic, and the samples' messages in English words."""
    return Voice("ar", sample_locale)
