"""What templates of readiness are made with."""
