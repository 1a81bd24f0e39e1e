"""The go-to resource: past cases, methods and guides, and how to search them."""
