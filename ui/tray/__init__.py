"""The program in the system's tray: its icon with the number of runs, its menu, its messages."""

from ui.tray.tray import Tray

__all__ = ["Tray"]
