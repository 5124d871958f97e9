"""What hostcity costs and how far it is right, measured: `python -m benchmarks`."""
