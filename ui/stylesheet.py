"""The one stylesheet, built from the colour tokens of a palette."""

from __future__ import annotations

from crm_pilot.palette import Palette
from crm_pilot.paths import resource

SHEET = """
QToolTip {{ background: {surface}; color: {text}; border: {w}px solid {line}; padding: 6px 8px; }}
QMenuBar {{ background: transparent; border: none; spacing: 0; }}
QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; background: transparent; }}
QMenuBar::item:selected {{ background: {raised}; }}
QMenu {{ background: {surface}; border: {w}px solid {line}; padding: 4px; menu-scrollable: 1; }}
QMenu::item {{ padding: 5px 24px 5px 28px; border-radius: 4px; }}
QMenu::item:selected {{ background: {raised}; color: {text}; }}
QMenu::item:disabled {{ color: {faded}; }}
QMenu::separator {{ height: {w}px; background: {line}; margin: 4px 8px; }}
QMenu::icon {{ padding-left: 6px; }}

QPushButton {{ background: {surface}; border: {w}px solid {line}; border-radius: 6px; outline: none;
  padding: 6px 14px; min-height: 18px; }}
QPushButton:hover {{ background: {raised}; }}
QPushButton:pressed {{ background: {line}; }}
QPushButton:focus {{ border: {f}px solid {accent}; padding: {p}px {q}px; }}
QPushButton:disabled {{ color: {faded}; background: {window}; border-style: {off}; }}
QPushButton[role="primary"] {{ background: {accent}; color: {on_accent};
  border-color: {accent}; font-weight: 600; }}
QPushButton[role="primary"]:hover {{ background: {accent_hover}; }}
QPushButton[role="primary"]:focus {{ border: {f}px solid {focus_on_accent}; }}
QPushButton[role="primary"]:disabled {{ background: {raised}; color: {faded};
  border-color: {line}; }}
QPushButton[role="link"] {{ background: transparent; border: {f}px solid transparent;
  border-radius: 4px; color: {accent}; padding: 0; min-height: 16px; text-align: left; }}
QPushButton[role="link"]:enabled {{ text-decoration: {link}; }}
QPushButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="link"]:focus {{ border-color: {accent}; }}
QPushButton[role="link"]:disabled {{ color: {faded}; border-style: solid; }}
QPushButton[role="chip"] {{ border-radius: 14px; padding: 4px 12px; }}
QPushButton[role="chip"]:focus {{ border: {f}px solid {accent}; padding: {cp}px {cq}px; }}
QPushButton[role="chip"]:checked {{ border-color: {accent}; color: {accent};
  background: {accent_wash}; font-weight: 600; }}
QPushButton[role="chip"]:checked:focus {{ border: {f}px solid {text}; padding: {cp}px {cq}px; }}
QPushButton[role="segment"] {{ border-radius: 0; padding: 4px 12px; }}
QPushButton[role="segment"][edge="first"] {{ border-top-left-radius: 6px;
  border-bottom-left-radius: 6px; border-right: none; }}
QPushButton[role="segment"][edge="middle"] {{ border-right: none; }}
QPushButton[role="segment"][edge="last"] {{ border-top-right-radius: 6px;
  border-bottom-right-radius: 6px; }}
QPushButton[role="segment"]:checked {{ background: {raised}; font-weight: 600; }}
QPushButton[role="segment"]:focus {{ color: {accent}; border: {w}px solid {accent}; }}
QToolButton {{ background: transparent; border: {w}px solid transparent; border-radius: 6px;
  padding: 4px; }}
QToolButton:hover {{ background: {raised}; }}
QToolButton:focus {{ border-color: {accent}; }}
QToolButton[role="why"] {{ color: {muted}; border-radius: 9px; padding: 0;
  border: {w}px solid transparent; }}
QToolButton[role="why"]:hover {{ color: {text}; border-color: {line}; }}
QToolButton[role="why"]:focus {{ color: {text}; border: {f}px solid {accent}; }}

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit {{ background: {surface};
  border: {w}px solid {line}; border-radius: 6px; padding: 4px 8px;
  selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit, QComboBox, QSpinBox, QDateEdit {{ min-height: 18px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus
  {{ border: {f}px solid {accent}; padding: {fp}px {fq}px; }}
QComboBox {{ padding-left: {bp}px; }}
QComboBox:focus {{ padding-left: {bq}px; }}
QLineEdit[wrong="true"] {{ border: 2px solid {alert}; padding: {fp}px {fq}px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ background: {window};
  color: {faded}; border-style: {off}; }}
QLineEdit[role="search"] {{ background: {window}; padding-left: 1px; }}
QLineEdit[role="search"]:focus {{ padding-left: 0; }}
QLineEdit[role="cell"], QComboBox[role="cell"] {{ border-radius: 0; padding: 0 5px;
  border: 2px solid {accent}; min-height: 0; }}
QComboBox::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow {{ image: url("{chevron}"); width: 12px; height: 12px; }}
QListView::item, QTreeView::item {{ padding: 5px 8px; }}
QComboBox QAbstractItemView::item {{ min-height: 24px; padding: 0 6px; }}
QComboBox QAbstractItemView {{ background: {surface}; border: {w}px solid {line};
  selection-background-color: {raised}; selection-color: {text}; outline: none; padding: 2px; }}

QAbstractItemView {{ background: {surface}; alternate-background-color: {surface};
  border: {w}px solid {line}; border-radius: 6px; outline: none;
  selection-background-color: {raised}; selection-color: {text}; }}
QAbstractItemView:focus {{ border-color: {line}; }}
QListView:focus, QTreeView:focus, QTableView[role="plain"]:focus {{ border-color: {accent}; }}
QDialog QScrollArea {{ border: {f}px solid transparent; border-radius: 6px; }}
QDialog QScrollArea:focus {{ border-color: {accent}; }}
QHeaderView {{ background: {raised}; border: none; border-top-left-radius: 5px;
  border-top-right-radius: 5px; }}
QHeaderView::section {{ background: {raised}; color: {muted}; border: none;
  border-bottom: {w}px solid {line}; padding: 0 8px; height: 30px; }}
QHeaderView::section:hover {{ color: {text}; }}
QTableCornerButton::section {{ background: {raised}; border: none; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QFrame[role="head"] {{ background: {raised}; border: none;
  border-bottom: {w}px solid {line}; border-top-right-radius: 5px; }}
QGraphicsView, QScrollArea {{ border: none; background: transparent; }}
QScrollArea > QWidget > QWidget[role="page"] {{ background: transparent; }}
QLabel[role="letter"] {{ border: {w}px solid {line}; border-radius: 3px; }}

QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: {handle}; border-radius: 4px; min-height: 28px;
  min-width: 28px; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: transparent; width: 8px; }}
QSplitter::handle:hover {{ background: {line}; }}

QTabBar {{ background: transparent; }}
QTabBar::tab {{ background: transparent; color: {muted}; padding: 6px 12px;
  border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {text}; border-bottom-color: {accent}; font-weight: 600; }}
QTabBar::tab:focus {{ color: {accent}; }}
QTabWidget::pane {{ border: none; border-top: {w}px solid {line}; }}
QProgressBar {{ background: {raised}; border: none; border-radius: 3px; max-height: 6px;
  min-height: 6px; text-align: center; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QCheckBox, QRadioButton {{ spacing: 8px; }}
QCheckBox:focus, QRadioButton:focus {{ color: {accent}; }}
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator,
QTreeView::indicator {{ width: 14px; height: 14px; background: {surface};
  border: {w}px solid {muted}; border-radius: 3px; }}
QRadioButton::indicator {{ border-radius: {r}px; }}
QCheckBox::indicator:checked, QListView::indicator:checked,
QTreeView::indicator:checked {{ background: {accent}; border-color: {accent};
  image: url("{tick}"); }}
QTreeView::indicator:indeterminate {{ background: {accent}; border-color: {accent};
  image: url("{dash}"); }}
QTreeView:disabled {{ color: {faded}; selection-color: {faded};
  selection-background-color: {surface}; }}
QTreeView::indicator:disabled {{ background: {surface}; border-color: {line};
  border-style: {off}; }}
QTreeView::branch {{ background: transparent; }}
QRadioButton::indicator:checked {{ width: {i}px; height: {i}px; border: 5px solid {accent};
  background: {on_accent}; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {line};
  border-style: {off}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {faded}; }}
QDialog {{ background: {surface}; }}

QFrame[role="tile"], QFrame[role="card"] {{ background: {surface};
  border: {w}px solid {line}; border-radius: 6px; }}
QFrame[role="tile"][clickable="true"]:hover {{ border-color: {muted}; }}
QFrame[role="tile"]:focus {{ border: {f}px solid {accent}; }}
QFrame[role="sidebar"] {{ background: {surface}; border: none;
  border-right: {w}px solid {line}; }}
QFrame[role="header"] {{ background: {surface}; border: none;
  border-bottom: {w}px solid {line}; }}
QFrame[role="floating"] {{ background: {surface}; border: {w}px solid {line};
  border-radius: 8px; }}
QFrame[role="strip"] {{ background: {raised}; border: none; border-radius: 6px; }}
QFrame[role="rule"] {{ background: {line}; border: none; max-height: {w}px; min-height: {w}px; }}
QLabel {{ background: transparent; }}
QLabel[ink="muted"] {{ color: {muted}; }}
QLabel[ink="accent"] {{ color: {accent}; }}
QLabel[ink="alert"] {{ color: {alert}; }}
QPushButton[role="room"] {{ background: transparent; border: none; border-radius: 0;
  border-left: 3px solid transparent; padding: 0 12px 0 13px; min-height: 36px;
  text-align: left; }}
QPushButton[role="room"]:hover {{ background: {window}; }}
QPushButton[role="room"]:checked {{ background: {raised}; border-left-color: {accent};
  font-weight: 600; }}
QPushButton[role="room"]:focus {{ color: {accent}; }}
QPushButton[role="room"]:disabled {{ background: transparent; border-style: solid; }}
QPushButton[role="search"] {{ background: {window}; text-align: left; padding: 6px 12px;
  color: {muted}; }}
QPushButton[role="search"]:focus {{ border: {f}px solid {accent}; padding: {p}px 11px; }}
QPushButton[role="row"] {{ background: transparent; border: none;
  border-bottom: {w}px solid {line}; border-radius: 0; text-align: left;
  padding: 8px 12px; min-height: 40px; }}
QPushButton[role="row"][last="true"] {{ border-bottom: none; }}
QPushButton[role="row"]:hover {{ background: {raised}; }}
QPushButton[role="row"]:focus {{ border: {f}px solid {accent}; border-radius: 6px; }}
"""


def faded(colours: Palette) -> str:
    """Ink of what cannot be used. In high contrast muted text is nearly as dark as any other."""
    strong = colours.name == "contrast"
    return colours.mix("text", 0.62, "surface") if strong else colours["muted"]


def stylesheet(colours: Palette) -> str:
    """The stylesheet for one palette. High contrast draws every line 2 px wide, and what cannot be
    used with dashes: there is no muted text to tell it by.
    """
    strong = colours.name == "contrast"
    width = 2 if strong else 1
    focus = 2
    inner = focus - width
    return SHEET.format(
        **colours.colours,
        w=width,
        f=focus,
        p=6 - inner,
        q=14 - inner,
        cp=4 - inner,
        cq=12 - inner,
        fp=4 - inner,
        fq=8 - inner,
        bp=10,
        bq=10 - inner,
        off="dashed" if strong else "solid",
        link="underline" if strong else "none",
        faded=faded(colours),
        r=7 + width,
        i=4 + 2 * width,
        tick=resource("themes", f"{colours.name}-check.svg").as_posix(),
        dash=resource("themes", f"{colours.name}-dash.svg").as_posix(),
        chevron=resource("themes", f"{colours.name}-chevron.svg").as_posix(),
        handle=colours.mix("muted", 0.45, "surface"),
        accent_hover=colours.mix("accent", 0.88, "text"),
        focus_on_accent=colours["text"],
    )
