"""Looks: how the persons of a rehearsal's day stand at one place, in the plane."""
