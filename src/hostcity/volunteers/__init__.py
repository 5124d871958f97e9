"""Volunteers: who serves where and when, from a draft to what everybody holds in hand."""
