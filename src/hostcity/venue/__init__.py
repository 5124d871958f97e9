"""The place: everything happens somewhere, so the capabilities above may stand on it."""
