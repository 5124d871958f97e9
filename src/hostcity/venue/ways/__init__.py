"""Ways over the venue, for the staff and for visitors. Nothing here imports an engine before it is asked."""
