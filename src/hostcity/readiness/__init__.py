"""Readiness: every task of the preparation owned, reported, shown by evidence and accepted by another department."""
