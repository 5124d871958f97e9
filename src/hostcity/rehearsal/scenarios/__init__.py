"""Scenarios that an edition keeps: tried, kept, chosen when something is played, removed."""
