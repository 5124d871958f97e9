"""Wayfinding signs of a venue: the faces with their states and photos, the audit, planning, lists for who hangs them."""
