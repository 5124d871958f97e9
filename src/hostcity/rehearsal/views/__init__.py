"""Pages of rehearsals, comparisons and findings."""
