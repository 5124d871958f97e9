"""Pages of signs."""
