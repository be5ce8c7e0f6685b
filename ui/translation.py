"""The language of the window: loads what was translated, ours and Qt's own; it translates nothing itself.

A further language is one more file `mir_<code>.qm` in `resources/translations`. English stands in the code, but for its
plurals; what another language lacks is English.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ui.resources import folder


def install(app: QCoreApplication, locale: QLocale) -> list[QTranslator]:
    """Load the language of `locale`, and answer what was loaded."""
    ours = str(folder("translations"))
    wanted = [("mir", QLocale(QLocale.Language.English), ours)]
    if locale.language() is not QLocale.Language.English:
        wanted += [("qtbase", locale, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))]
        wanted += [("mir", locale, ours)]
    made = []
    for name, language, place in wanted:
        translator = QTranslator(app)
        if translator.load(language, name, "_", place):
            app.installTranslator(translator)
            made.append(translator)
    return made
