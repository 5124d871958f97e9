"""First screens: home, the wall, the printed brief, the public page."""
