"""The schedule engine: public instances beside the best known, and mending beside pushing back."""
