"""Tasks as bars over time, made by the server a window of rows at a time."""
