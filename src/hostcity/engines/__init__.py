"""Engines: pure computation on a frozen plan. Nothing here knows of a database, a page or a command."""
