"""Pages of swaps."""
