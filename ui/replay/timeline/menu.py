"""The menu of a lane: what can be done with it and about it, by pointer and by keyboard; all of it asks the bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu

from ui.replay.timeline import heads
from ui.replay.timeline.heads import Link
from ui.replay.timeline.selection import Selection
from ui.replay.tracks import Lane

if TYPE_CHECKING:
    from ui.replay.timeline.timeline import Timeline


def lane_menu(bar: Timeline, lane: Lane, seconds: float) -> QMenu:
    """For a lane, at a second of its voice; it goes when it is closed."""
    translate = QCoreApplication.translate
    menu = QMenu(bar)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def select_all() -> None:
        bar.deck.choose(lane.key)
        bar.select(Selection(lane.key, 0.0, lane.seconds))

    if lane.playable:
        play = menu.addAction(translate("Timeline", "Play from here"))
        play.triggered.connect(lambda: bar.seek_wanted.emit(lane.key, seconds))
        mark = menu.addAction(translate("Timeline", "Add mark…"))
        mark.triggered.connect(lambda: bar.mark_wanted.emit(lane.key, seconds))
        menu.addAction(translate("Timeline", "Select all of it")).triggered.connect(select_all)
        zoom = menu.addAction(translate("Timeline", "Zoom to the selection"))
        zoom.setEnabled(bar.selection is not None)
        zoom.triggered.connect(bar.show_selection)
        picture = menu.addAction(translate("Timeline", "Save a picture…"))
        picture.triggered.connect(lambda: bar.picture_wanted.emit(lane.key))
        menu.addSeparator()
    for link, words in (*heads.links(lane), (Link.CLOSE, translate("Timeline", "Unload"))):
        menu.addAction(words).triggered.connect(lambda _=False, link=link: bar.do(link, lane.key))
    return menu
