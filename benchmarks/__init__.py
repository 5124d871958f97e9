"""What the product costs and how far it can be trusted, beside peers."""
