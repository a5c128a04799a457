"""Which files there are and how they belong together."""
