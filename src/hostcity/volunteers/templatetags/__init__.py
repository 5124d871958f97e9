"""What templates of volunteers are made with."""
