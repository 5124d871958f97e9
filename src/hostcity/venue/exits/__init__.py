"""Whether the exits of halls are near and wide enough, by the drawing; plan cards to print."""
