"""A played day as pages and tables that people read."""
