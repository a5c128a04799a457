"""Facts about the world outside a Dockerfile, as plain tables with their sources and dates."""
