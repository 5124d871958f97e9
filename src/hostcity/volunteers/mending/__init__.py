"""A day of the roster mended while it runs: who does not come, what is closed, where more are needed."""
