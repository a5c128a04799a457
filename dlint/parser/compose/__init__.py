"""What Compose adds to YAML, on nodes: merge keys, variables, .env files, and how two files become one."""
