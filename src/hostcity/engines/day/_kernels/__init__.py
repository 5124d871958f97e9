"""Compiled loops of the day engine: they check nothing; `hostcity.engines.day` is their public face."""
