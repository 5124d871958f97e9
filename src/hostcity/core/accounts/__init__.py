"""Signing in: passwords, second factors, one-time codes."""
