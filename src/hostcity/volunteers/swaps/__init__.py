"""Giving a shift away, and trading it."""
