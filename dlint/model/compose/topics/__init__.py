"""What rules about one subject share: each file is a subject."""
