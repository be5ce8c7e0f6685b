"""The schedules on the window: which there are, what became of their nights; nothing is imported here."""
