"""One function per command: asks the engine, tells the output, answers the exit code; no rule lives here."""
