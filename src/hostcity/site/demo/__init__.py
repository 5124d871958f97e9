"""The demonstration: editions with the examples' plans, and one login per role. On this machine only."""
