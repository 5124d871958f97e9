"""What the rehearsal capability puts into core's registries."""
