"""The day engine: a whole expo day, person by person, in seconds."""
