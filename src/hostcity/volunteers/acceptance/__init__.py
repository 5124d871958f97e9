"""Who accepts their shifts by a date, and who is promoted in place of those who do not."""
