"""Pages of a venue that anybody may open, under /p/CODE/venue/: for visitors, without signing in and without scripts."""
