"""The shared language: one expo day as frozen dataclasses, with its workbook, JSON, checks and overrides."""
