"""Rehearsing an edition's plan on the site: start, follow, compare, discuss, find."""
