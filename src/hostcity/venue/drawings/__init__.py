"""Drawings that are brought into the plan, and taken out of it: read, proved, approved or sent back."""
