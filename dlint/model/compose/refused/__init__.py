"""What Compose refuses in a project, beyond its schema."""
