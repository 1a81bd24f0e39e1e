"""The six considerations, one module each: (initiative, shelf) → findings and what is still open."""
