"""Configuration, rule selection, suppressions and the run over files."""
