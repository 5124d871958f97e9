"""What templates of rehearsals are made with."""
