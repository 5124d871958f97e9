"""Expos and their editions: opened, changed, published."""
