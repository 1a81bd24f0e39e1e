"""One file a method, always against a named peer; `make bench` runs them all."""
