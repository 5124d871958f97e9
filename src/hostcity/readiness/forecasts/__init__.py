"""How likely the preparation is ready: forecasts as they were made, and what changed from one to the next."""
