"""Compiled loops of the forecast."""
