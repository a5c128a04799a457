"""ShellCheck as a part of a run: one answer per distinct script, from as few processes as possible."""
