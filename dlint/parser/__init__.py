"""The readers of file formats: text in, trees with spans out; they never raise."""
