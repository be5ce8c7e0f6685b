"""Palette and style sheet of a scheme, over the Fusion style; what these cannot draw is painted in `ui.widgets`.

Widgets are told apart by the dynamic properties `role`, `kind`, `tone`, `selected`, `wrong`, set by `ui.widgets`.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from PySide6.QtGui import QColor, QPalette

from ui.theme.tokens import Tokens, mix

DISABLED = 0.42
"""How much of the text colour is left in words that cannot be used now."""


def palette(t: Tokens) -> QPalette:
    """The palette of a scheme."""
    made, role = QPalette(), QPalette.ColorRole
    for which, value in {
        role.Window: t.chrome,
        role.WindowText: t.text,
        role.Base: t.paper,
        role.AlternateBase: t.hover,
        role.Text: t.text,
        role.Button: t.button,
        role.ButtonText: t.text,
        role.BrightText: t.danger,
        role.ToolTipBase: t.raised,
        role.ToolTipText: t.text,
        role.PlaceholderText: t.text3,
        role.Highlight: t.accent,
        role.HighlightedText: t.on_accent,
        role.Link: t.accent,
        role.LinkVisited: t.accent,
        role.Accent: t.accent,
        role.Mid: t.control,
        role.Dark: t.underline,
        role.Light: t.paper,
        role.Midlight: t.hairline,
        role.Shadow: "#000000",
    }.items():
        made.setColor(which, QColor(value))
    for which in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(mix(t.text, t.paper, DISABLED)))
    return made


def sheet(t: Tokens, *, pictures: Path) -> str:
    """The style sheet of a scheme; `pictures` is the folder of the marks it draws in its colours."""
    values = asdict(t) | {
        "scheme": pictures.as_posix(),
        "disabled": mix(t.text, t.paper, DISABLED),
        "scroll": mix(t.text, t.paper, 0.24),
        "scroll_hover": mix(t.text, t.paper, 0.40),
        "pressed": mix(t.text, t.button, 0.10),
        "flat_hover": mix(t.text, t.chrome, 0.06),
        "flat_pressed": mix(t.text, t.chrome, 0.11),
    }
    return _SHEET.format(**values)


_SHEET = """
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {control}; padding: 4px 7px; }}
QFrame[role="ground"] {{ background: {chrome}; border: none; }}
QFrame[role="sheet"] {{ background: {paper}; border: 1px solid {hairline}; border-radius: 10px; }}
QFrame[role="paper"] {{ background: {paper}; border: none; }}
QFrame[role="card"] {{ background: {paper}; border: 1px solid {hairline}; border-radius: 8px; }}
QFrame[role="card"][selected="true"] {{ background: {tint}; border: 1px solid {tint}; }}
QFrame[role="strip"] {{ background: {sunken}; border: none; border-radius: 8px; }}
QFrame[role="note"] {{ background: {sunken}; border: none; border-radius: 8px; }}
QFrame[role="note"][tone="accent"] {{ background: {tint}; }}
QFrame[role="note"][tone="warn"] {{ background: {warn_tint}; }}
QFrame[role="note"][tone="danger"] {{ background: {danger_tint}; }}
QFrame[role="note"][tone="ok"] {{ background: {ok_tint}; }}
QFrame[role="chip"] {{ background: {sunken}; border: none; border-radius: 13px; }}
QFrame[role="popup"] {{ background: {raised}; border: 1px solid {control}; border-radius: 8px; }}
QFrame[role="over"] {{ background: {chrome}; border: 1px solid {control}; border-radius: 10px; }}
QFrame[role="line"] {{ background: {hairline}; border: none; }}
QDialog, QMainWindow {{ background: {chrome}; }}
QLabel {{ background: transparent; }}
QLabel[tone="2"] {{ color: {text2}; }}  QLabel[tone="3"] {{ color: {text3}; }}
QLabel[tone="accent"] {{ color: {accent}; }}  QLabel[tone="ok"] {{ color: {ok}; }}
QLabel[tone="warn"] {{ color: {warn}; }}  QLabel[tone="danger"] {{ color: {danger}; }}
QLabel:disabled {{ color: {disabled}; }}

QPushButton {{ background: {button}; color: {text}; border: 1px solid {control}; border-radius: 6px;
    padding: 0 12px; min-height: 30px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {pressed}; }}
QPushButton:disabled {{ color: {disabled}; border-color: {hairline}; background: transparent; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 0 11px; min-height: 28px; }}
QPushButton[kind="primary"] {{ background: {accent}; color: {on_accent}; border: 1px solid {accent};
    font-weight: 600; }}
QPushButton[kind="primary"]:hover {{ background: {accent_hover}; border-color: {accent_hover}; }}
QPushButton[kind="primary"]:disabled {{ background: {sunken}; color: {disabled}; border-color: {sunken}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {text}; padding: 0 11px; min-height: 28px; }}
QPushButton[kind="danger"] {{ color: {danger}; }}
QPushButton[tall="true"] {{ min-height: 38px; }}
QPushButton[tall="true"]:focus {{ min-height: 36px; }}
QPushButton[snug="true"] {{ padding: 0 9px; }}
QPushButton[snug="true"]:focus {{ padding: 0 8px; }}
QPushButton[kind="flat"] {{ background: transparent; border: 1px solid transparent; padding: 0 9px; }}
QPushButton[kind="flat"]:hover {{ background: {flat_hover}; }}
QPushButton[kind="flat"]:pressed, QPushButton[kind="flat"]:checked {{ background: {flat_pressed}; }}
QPushButton[kind="flat"]:disabled {{ background: transparent; }}
QPushButton[kind="flat"]:focus {{ border: 2px solid {accent}; padding: 0 8px; }}
QPushButton[kind="tool"] {{ background: transparent; border: 1px solid transparent; padding: 0;
    min-height: 30px; max-height: 30px; min-width: 30px; max-width: 30px; }}
QPushButton[kind="tool"]:hover {{ background: {flat_hover}; }}
QPushButton[kind="tool"]:pressed, QPushButton[kind="tool"]:checked {{ background: {flat_pressed}; }}
QPushButton[kind="tool"]:focus {{ border: 2px solid {accent}; padding: 0;
    min-height: 28px; max-height: 28px; min-width: 28px; max-width: 28px; }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent; border-radius: 4px;
    color: {accent}; padding: 0 3px; min-height: 26px; text-align: left; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {accent}; padding: 0 2px; min-height: 24px; }}
QPushButton[kind="link"]:disabled {{ color: {disabled}; }}
QPushButton[kind="pill"] {{ background: transparent; border: 1px solid transparent; border-radius: 14px;
    padding: 0 12px; min-height: 26px; color: {text2}; }}
QPushButton[kind="pill"]:hover {{ background: {sunken}; }}
QPushButton[kind="pill"]:checked, QPushButton[kind="pill"][selected="true"] {{ background: {tint}; color: {accent}; }}
QPushButton[kind="pill"]:focus {{ border: 2px solid {accent}; padding: 0 11px; min-height: 24px; }}
QPushButton[kind="chip"] {{ background: {sunken}; border: 1px solid {sunken}; padding: 0 8px; }}
QPushButton[kind="chip"]:hover {{ background: {flat_pressed}; }}
QPushButton[kind="chip"]:focus {{ border: 2px solid {accent}; padding: 0 7px; }}
QPushButton[kind="side"] {{ background: transparent; border: 1px solid transparent; padding: 0 9px;
    text-align: left; }}
QPushButton[kind="side"]:hover {{ background: {flat_hover}; }}
QPushButton[kind="side"]:checked {{ background: {tint}; color: {accent}; font-weight: 600; }}
QPushButton[kind="side"]:focus {{ border: 2px solid {accent}; padding: 0 8px; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}

QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QAbstractSpinBox {{ background: {field}; color: {text};
    border: 1px solid {control}; border-bottom: 1px solid {underline}; border-radius: 5px; padding: 0 8px;
    selection-background-color: {accent}; selection-color: {on_accent}; placeholder-text-color: {text3}; }}
QLineEdit, QComboBox, QAbstractSpinBox {{ min-height: 28px; }}
QLineEdit[lead="true"] {{ padding-left: 2px; }}
QPlainTextEdit, QTextEdit {{ padding: 4px 6px; }}
QComboBox {{ padding-left: 10px; }}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{ border: 2px solid {accent}; padding: 0 7px;
    min-height: 26px; }}
QComboBox:focus {{ padding-left: 9px; }}
QLineEdit[lead="true"]:focus {{ padding-left: 1px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {accent}; padding: 3px 5px; }}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {{ background: {chrome}; color: {text2};
    border: 1px solid {hairline}; }}
QLineEdit[wrong="true"], QComboBox[wrong="true"], QAbstractSpinBox[wrong="true"] {{ border: 2px solid {danger};
    padding: 0 7px; min-height: 26px; }}
QAbstractSpinBox QLineEdit {{ border: none; padding: 0 0 0 8px; min-height: 24px; background: transparent; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; background: transparent; width: 20px; }}
QAbstractSpinBox::up-arrow {{ image: url("{scheme}/chevron-up.svg"); width: 11px; height: 11px; }}
QAbstractSpinBox::down-arrow {{ image: url("{scheme}/chevron-down.svg"); width: 11px; height: 11px; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: url("{scheme}/chevron-down.svg"); width: 14px; height: 14px; }}
QComboBox QAbstractItemView {{ background: {raised}; border: 1px solid {control}; padding: 4px; outline: none;
    selection-background-color: {tint}; selection-color: {text}; }}
QComboBox QAbstractItemView::item {{ min-height: 28px; padding: 0 6px; border-radius: 4px; }}
QMenu {{ background: {raised}; border: 1px solid {control}; padding: 4px; }}
QMenu::item {{ padding: 6px 26px 6px 10px; border-radius: 4px; color: {text}; }}
QMenu::item:selected {{ background: {tint}; }}
QMenu::item:disabled {{ color: {disabled}; background: transparent; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {hairline}; margin: 4px 8px; }}
QMenu::indicator {{ width: 14px; height: 14px; margin-left: 8px; }}
QMenu::indicator:checked {{ image: url("{scheme}/check-accent.svg"); }}

QCheckBox, QRadioButton {{ spacing: 8px; min-height: 24px; background: transparent; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: 16px; height: 16px; border: 1px solid {underline};
    background: {field}; }}
QCheckBox::indicator {{ border-radius: 4px; }}
QRadioButton::indicator {{ border-radius: 9px; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent}; image: url("{scheme}/check.svg"); }}
QCheckBox::indicator:indeterminate {{ background: {accent}; border-color: {accent}; image: url("{scheme}/minus.svg"); }}
QRadioButton::indicator:checked {{ border: 5px solid {accent}; width: 8px; height: 8px; background: {on_accent}; }}
QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {accent}; border-radius: 5px; padding: 0 2px; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {text2}; }}
QCheckBox::indicator:disabled {{ background: {sunken}; border-color: {hairline}; }}

QAbstractItemView {{ outline: none; }}
QTableView, QTreeView, QListView {{ background: transparent; border: none; gridline-color: transparent;
    selection-background-color: transparent; selection-color: {text}; }}
QCalendarWidget QTableView {{ background: {raised}; selection-background-color: {accent};
    selection-color: {on_accent}; alternate-background-color: {raised}; }}
QListView[role="plain"]::item {{ min-height: 28px; padding: 0 6px; border-radius: 4px; }}
QListView[role="plain"]::item:hover {{ background: {flat_hover}; }}
QListView[role="plain"]::item:selected {{ background: {tint}; color: {text}; }}
QListView[role="plain"] {{ selection-background-color: {tint}; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{ background: transparent; color: {text2}; border: none; border-bottom: 1px solid {hairline};
    padding: 0 8px; height: 31px; font-size: 12px; }}
QHeaderView::up-arrow {{ image: url("{scheme}/chevron-up.svg"); width: 12px; height: 12px; }}
QHeaderView::down-arrow {{ image: url("{scheme}/chevron-down.svg"); width: 12px; height: 12px; }}
QHeaderView::section:hover {{ color: {text}; }}
QTableCornerButton::section {{ background: transparent; border: none; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QSplitter::handle {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {scroll}; min-height: 36px; border-radius: 3px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
QScrollBar::handle:horizontal {{ background: {scroll}; min-width: 36px; border-radius: 3px; }}
QScrollBar::handle:hover {{ background: {scroll_hover}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent;
    border: none; width: 0; height: 0; }}
"""
