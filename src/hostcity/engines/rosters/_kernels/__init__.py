"""Compiled loops of the rosters."""
