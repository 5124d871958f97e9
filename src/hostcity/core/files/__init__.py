"""Files that people upload: checked, kept once, handed out to those who may see them."""
