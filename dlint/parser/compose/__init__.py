"""What compose files add to YAML."""
