"""The plan of an edition as rows that people change one by one: acts, history, undo, import and export."""
