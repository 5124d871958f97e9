"""Compiled loops of the sign planner."""
