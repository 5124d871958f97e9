"""The engine beside theory and standards: named checks, each with its figure, expectation, tolerance and source."""
