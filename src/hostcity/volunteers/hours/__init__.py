"""Hours served: counted from who came and left, corrected by two, totalled."""
