"""Coming to a shift: checking in and out, who is missing, and hours served."""
