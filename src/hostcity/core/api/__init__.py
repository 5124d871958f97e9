"""What every operation of the API goes through: the door, problem details, strict bodies, one effect per key."""
