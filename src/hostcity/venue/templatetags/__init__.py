"""Tags of the venue's templates."""
