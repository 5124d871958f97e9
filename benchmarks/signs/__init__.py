"""The sign planner on the study's hall: plan, bound, rules of thumb. `python -m benchmarks.signs [seconds of each bound]`."""
