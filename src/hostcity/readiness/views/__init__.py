"""Pages of the preparation."""
