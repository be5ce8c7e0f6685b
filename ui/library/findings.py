"""What a check found, in words, and the list of it all; the files themselves say what is true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from download_client.engine import Finding, FindingKind
from ui.theme import TITLE
from ui.widgets import button, fill, label, row
from ui.words import numbers

_SIZE = QSize(720, 460)


def finding_words(kind: FindingKind) -> str:
    """What is wrong."""
    translate = QCoreApplication.translate
    return {
        FindingKind.MISSING: translate("Findings", "The recording is missing"),
        FindingKind.CUT: translate("Findings", "The recording is shorter than it was"),
        FindingKind.GROWN: translate("Findings", "The recording is longer than it was"),
        FindingKind.CHANGED: translate("Findings", "The recording was changed"),
        FindingKind.NOT_A_FILE: translate("Findings", "In the recording's place lies something else"),
        FindingKind.UNREADABLE: translate("Findings", "It cannot be read: look at the drive and at permissions"),
        FindingKind.TABLE_MISSING: translate("Findings", "The table beside the recording is missing"),
        FindingKind.TABLE_CHANGED: translate("Findings", "The table beside the recording was changed"),
        FindingKind.MARKS_MISSING: translate("Findings", "The marks beside the recording are missing"),
        FindingKind.MARKS_CHANGED: translate("Findings", "The marks beside the recording were changed"),
        FindingKind.UNLISTED: translate("Findings", "A recording lies here that the archive's book does not know"),
        FindingKind.ERASED_STILL_THERE: translate("Findings", "A recording that was erased lies here still"),
        FindingKind.STRANGE: translate("Findings", "A file that is not the archive's"),
        FindingKind.MANIFEST_DAMAGED: translate("Findings", "A line of the archive's book is damaged"),
        FindingKind.MANIFEST_TORN: translate("Findings", "A line of the archive's book was never finished"),
        FindingKind.PART_LEFT: translate("Findings", "An unfinished file is left over"),
        FindingKind.QUARANTINED: translate("Findings", "A recording that arrived damaged is kept aside"),
    }[kind]


def tally_words(kinds: Sequence[FindingKind], locale: QLocale) -> str:
    """How many there are of each kind, in the order in which they were found."""
    counts = Counter(kinds)
    return locale.createSeparatedList([_tally(kind, count) for kind, count in counts.items()])


def _tally(kind: FindingKind, count: int) -> str:
    """One kind and how often; the kinds that are harmless are never counted."""
    translate = QCoreApplication.translate
    return {
        FindingKind.MISSING: translate("Findings", "%n missing", None, count),
        FindingKind.CUT: translate("Findings", "%n cut short", None, count),
        FindingKind.GROWN: translate("Findings", "%n longer than before", None, count),
        FindingKind.CHANGED: translate("Findings", "%n changed", None, count),
        FindingKind.NOT_A_FILE: translate("Findings", "%n replaced by something else", None, count),
        FindingKind.UNREADABLE: translate("Findings", "%n unreadable", None, count),
        FindingKind.TABLE_MISSING: translate("Findings", "%n without a table", None, count),
        FindingKind.TABLE_CHANGED: translate("Findings", "%n with a changed table", None, count),
        FindingKind.MARKS_MISSING: translate("Findings", "%n without its marks", None, count),
        FindingKind.MARKS_CHANGED: translate("Findings", "%n with changed marks", None, count),
    }.get(kind, translate("Findings", "%n of another kind", None, count))


def missing_words(finding: Finding, locale: QLocale) -> str:
    """How much is missing at the end or too much, where the check said so in numbers; else what is wrong."""
    words = finding.detail.split()
    if finding.kind is FindingKind.CUT and len(words) == 5 and words[0].isdecimal() and words[-1].isdecimal():
        gone = numbers.size(int(words[-1]) - int(words[0]), locale)
        return QCoreApplication.translate("Findings", "{size} at the end are missing").format(size=gone)
    return finding_words(finding.kind)


class FindingsDialog(QDialog):
    """Every finding, by its path; can be copied."""

    def __init__(self, findings: Sequence[Finding], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What the check found"))
        self.resize(_SIZE)
        self.list = QListWidget()
        self.list.setProperty("role", "plain")
        self.list.setAccessibleName(self.windowTitle())
        self.list.setWordWrap(True)
        for finding in findings:
            item = QListWidgetItem(f"{finding_words(finding.kind)}\n{finding.path}")
            item.setToolTip("")
            self.list.addItem(item)
        copy = button(self.tr("Copy"), "copy")
        copy.clicked.connect(self._copy)
        close = button(self.tr("Close"), kind="primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        head = label(self.tr("%n finding(s)", "", len(findings)), TITLE, bold=True)
        fill(QVBoxLayout(self), head, (self.list, 1), row(copy, None, close), margins=(20, 18, 20, 16), gap=12)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        lines = [self.list.item(number).text().replace("\n", ": ") for number in range(self.list.count())]
        QGuiApplication.clipboard().setText("\n".join(lines))
