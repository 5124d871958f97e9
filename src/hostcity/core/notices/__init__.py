"""What a person is told inside the site, and by mail if they want it."""
