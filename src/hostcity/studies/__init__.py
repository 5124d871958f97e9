"""Many days, and what they say about the plan: verdicts, comparisons, advice."""
