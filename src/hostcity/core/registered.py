"""What core itself puts into its registries; imported once, when the application is ready."""
