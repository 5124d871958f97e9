"""Printed sheets: their type, and lists set in it as PDF. The library is loaded by the command, jobs, and processes of their own."""
