"""Notes and articles that were written elsewhere → this site's own files. What comes in is a stranger's."""
