"""Pages of coming to a shift: for staff, for who checks others in, for volunteers."""
