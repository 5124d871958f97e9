"""Compiled loops of the planner of tasks."""
