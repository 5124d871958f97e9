"""Tags that templates use without loading them (settings: builtins)."""
