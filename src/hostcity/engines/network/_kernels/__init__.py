"""Compiled loops of this engine."""
