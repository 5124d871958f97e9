"""What whoever runs the site looks at: one log line per request, health, answers to faults."""
