"""What the commands print: one screen each, in English or Chinese."""
