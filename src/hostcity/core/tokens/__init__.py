"""Keys with which programs act in a person's name: made, shown once, revoked."""
