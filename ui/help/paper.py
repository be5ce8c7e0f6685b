"""Shows one page of the help: Markdown dressed in the colours and type of the window; it chooses no page."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from ui import theme
from ui.help.book import Page

_SIZES: Final = {1: theme.TITLE, 2: theme.STRONG, 3: theme.BODY}
_BEFORE: Final = {1: 0, 2: 24, 3: 16}
_LINE: Final = 140
"""Height of a line in percent."""
_MARGIN: Final = 28
_CELL: Final = 7
_BAR: Final = 14
"""Kept free for the scroll bar, so that it may come and go."""


class Paper(QTextBrowser):
    """The page on show. `wanted`: a link to another page was followed, by its key."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = Path()
        self._page: Page | None = None
        self.setAccessibleName(self.tr("Help page"))
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setProperty("role", "help")
        self.anchorClicked.connect(self._follow)
        theme.of().changed.connect(self._again)

    def show_page(self, page: Page, folder: Path, *, section: int = 0) -> None:
        """Show a page of `folder`, from the given heading on."""
        self._folder = folder
        self._page = page
        self.document().setDocumentMargin(_MARGIN)
        self.setMarkdown(page.markdown)
        self._dress()
        self.scroll_to(section)

    def scroll_to(self, section: int) -> None:
        """Bring the heading of that number to the top; the first one is the top of the page."""
        if section <= 0:
            self.verticalScrollBar().setValue(0)
            return
        block = self._heading(section)
        if block is not None:
            place = self.document().documentLayout().blockBoundingRect(block).top()
            self.verticalScrollBar().setValue(round(place) - 8)
            self.setTextCursor(QTextCursor(block))

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A picture beside the pages, no wider than the page."""
        url = QUrl(name)
        if kind != QTextDocument.ResourceType.ImageResource.value or not url.isRelative():
            return None
        image = QImage(str((self._folder / url.path()).resolve()))
        scale = self.devicePixelRatioF()
        width = round(max(1, self._room()) * scale)
        if image.width() > width:
            image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(scale)
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures shrink with the window."""
        before = self._room()
        super().resizeEvent(event)
        if self._page is not None and before != self._room() and "![" in self._page.markdown:
            self._again()

    def _room(self) -> int:
        return self.width() - 2 * _MARGIN - _BAR

    def _again(self) -> None:
        if self._page is not None:
            place = self.verticalScrollBar().value()
            self.show_page(self._page, self._folder)
            self.verticalScrollBar().setValue(place)

    def _follow(self, url: QUrl) -> None:
        if url.isRelative() and url.path().endswith(".md"):
            self.wanted.emit(url.path().removesuffix(".md"))

    def _heading(self, section: int) -> QTextBlock | None:
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel():
                if section == 0:
                    return block
                section -= 1
            block = block.next()
        return None

    # --- the look

    def _dress(self) -> None:
        look = theme.of()
        self.setStyleSheet(
            f"QTextBrowser {{ background: transparent; color: {look.tokens.text}; border: none; padding: 0; }}"
        )
        # In one edit: the page is laid out once, at its end.
        whole = QTextCursor(self.document())
        whole.beginEditBlock()
        block = self.document().begin()
        while block.isValid():
            self._dress_block(block)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._dress_table(frame)
        whole.endEditBlock()

    def _dress_block(self, block: QTextBlock) -> None:
        look = theme.of()
        cursor = QTextCursor(block)
        level = block.blockFormat().headingLevel()
        form = QTextBlockFormat()
        form.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        in_table = cursor.currentTable() is not None
        if level:
            form.setTopMargin(_BEFORE.get(level, 16))
            form.setBottomMargin(8)
        elif in_table:
            form.setTopMargin(0)
            form.setBottomMargin(0)
        elif block.textList() is not None:
            form.setTopMargin(2)
            form.setBottomMargin(6)
        else:
            form.setTopMargin(0)
            form.setBottomMargin(10)
        code = block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence.value)
        if code:
            form.setBackground(QBrush(look.colour("sunken")))
            form.setLineHeight(160, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            form.setLeftMargin(0)
            form.setBottomMargin(0 if _code_follows(block) else 12)
        if _has_picture(block):
            form.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
        cursor.mergeBlockFormat(form)
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            if fragment.isValid() and not fragment.charFormat().isImageFormat():
                cursor.setPosition(fragment.position())
                cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(self._dressed(fragment.charFormat(), level=level, code=code))
            iterator += 1

    @staticmethod
    def _dressed(given: QTextCharFormat, *, level: int, code: bool) -> QTextCharFormat:
        look = theme.of()
        form = QTextCharFormat(given)
        # Markdown's own sizes of headings would be added to ours.
        form.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
        mono = given.fontFixedPitch() or code
        bold = bool(level) or given.fontWeight() > 500
        form.setFont(theme.font(_SIZES.get(level, theme.BODY) if not mono else theme.SMALL, bold=bold, mono=mono))
        form.setFontItalic(given.fontItalic())
        form.setForeground(QBrush(look.colour("accent" if given.isAnchor() else "text")))
        if mono and not code:
            form.setBackground(QBrush(look.colour("sunken")))
        form.setFontUnderline(False)
        return form

    def _dress_table(self, table: QTextTable) -> None:
        look = theme.of()
        form = table.format()
        form.setBorder(0)
        form.setCellPadding(_CELL)
        form.setCellSpacing(0)
        form.setBorderBrush(QBrush(look.colour("hairline")))
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderCollapse(True)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setTopMargin(4)
        form.setBottomMargin(12)
        share = [34, 66] if table.columns() == 2 else [100 // table.columns()] * table.columns()
        form.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, percent) for percent in share])
        table.setFormat(form)
        for row in range(table.rows()):
            for column in range(table.columns()):
                cell = table.cellAt(row, column)
                shape = cell.format().toTableCellFormat()
                shape.setBottomBorder(1)
                shape.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                shape.setBottomBorderBrush(QBrush(look.colour("hairline")))
                shape.setTopPadding(_CELL)
                shape.setBottomPadding(_CELL)
                shape.setLeftPadding(0)
                shape.setRightPadding(12)
                cell.setFormat(shape)
                if row == 0:
                    head = cell.firstCursorPosition()
                    head.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
                    words = QTextCharFormat()
                    words.setFont(theme.font(theme.SMALL, bold=True))
                    words.setForeground(QBrush(look.colour("text2")))
                    head.mergeCharFormat(words)


def _code_follows(block: QTextBlock) -> bool:
    return block.next().isValid() and block.next().blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence.value)


def _has_picture(block: QTextBlock) -> bool:
    iterator = block.begin()
    while not iterator.atEnd():
        if iterator.fragment().charFormat().isImageFormat():
            return True
        iterator += 1
    return False
