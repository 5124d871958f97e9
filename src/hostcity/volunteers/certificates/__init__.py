"""Certificates of service: issued in bulk, printed in both languages, verified by anybody."""
