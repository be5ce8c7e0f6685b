"""Language, colours and icon of the application, from the settings; every window of the program is dressed by it."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from download_client.errors import InvalidSetting
from download_client.settings import Settings, table
from ui import resources, translation
from ui.session import locale_of
from ui.theme import Appearance, Theme


class Dress:
    """Made before the first window. `language` (a code such as `de`) holds whatever the setting says."""

    def __init__(self, app: QApplication, settings: Settings, *, language: str = "") -> None:
        self._app = app
        locale = QLocale(language) if language else locale_of(settings)
        self.language = locale.name()[:2]
        # Numbers inside of plurals, and the calendars of Qt, follow the default.
        QLocale.setDefault(locale)
        self._translators = translation.install(app, locale)
        self._theme = app.findChild(Theme) or Theme(app)
        self.take(settings)
        app.setWindowIcon(_icon())

    def take(self, settings: Settings) -> None:
        """Settings have changed."""
        try:
            self._theme.set_appearance(Appearance(settings.get(table.APPEARANCE)))
        except InvalidSetting:
            self._theme.set_appearance(Appearance.SYSTEM)

    def off(self) -> None:
        """No window is left."""
        for translator in self._translators:
            self._app.removeTranslator(translator)


def _icon() -> QIcon:
    """Drawn for its size: the smallest has fewer bars."""
    made = QIcon(str(resources.folder("icons") / "app.svg"))
    for size in (16, 20):
        made.addFile(str(resources.folder("icons") / "app-16.svg"), QSize(size, size))
    return made
