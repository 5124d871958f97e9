"""Compiled loops of the walking engine; only this engine imports them."""
