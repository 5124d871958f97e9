"""Advice: what to change within a budget, tried by the worker, its suggestions taken over with one button."""
