"""The Participant View (F4): what a search finds, one row for each person's part in a conversation."""

from ui.participants.module import ParticipantsModule

__all__ = ["ParticipantsModule"]
