"""The language of the window: loads what was translated, ours and Qt's own; it translates nothing itself.

A further language is one more file `mir_<code>.qm` in `resources/translations`. English is in the code; its file holds
the plurals.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ui.resources import folder


def install(app: QCoreApplication, locale: QLocale) -> None:
    """Load the language of `locale`; where it is not translated, the window speaks English."""
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, place in (("qtbase", qt), ("mir", str(folder("translations")))):
        translator = QTranslator(app)
        if translator.load(locale, name, "_", place):
            app.installTranslator(translator)

