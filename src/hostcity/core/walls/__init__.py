"""Screens on walls: secret addresses that show the wall all day and night."""
