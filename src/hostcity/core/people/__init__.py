"""Who takes part: people, their roles, bureaus and organizations."""
