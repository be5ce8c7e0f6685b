from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from download_client.archive import risks
from ui import translation
from ui.words.risks import sentence

FOLDERS = [
    Path.home() / "Dropbox" / "Calls",
    Path.home() / "CloudStorage" / "Calls",
    Path("/tmp/Calls"),  # noqa: S108 - named, not used
    Path.home() / ("long" * 60),
]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name[:10])
def test_what_speaks_against_a_folder_is_said_in_the_language(qapp: QApplication, folder: Path) -> None:
    found = risks(folder, {})
    assert found
    english = sentence(found)
    assert english == ("; ".join(found)[:1].upper() + "; ".join(found)[1:] + ".")
    loaded = translation.install(qapp, QLocale("de"))
    try:
        german = sentence(found)
    finally:
        for translator in loaded:
            qapp.removeTranslator(translator)
    assert german != english
    for clause in found:
        assert clause not in german


def test_what_is_not_known_is_shown_as_it_came() -> None:
    assert sentence(("it glows", "it hums")) == "It glows; it hums."
    assert sentence(()) == ""
