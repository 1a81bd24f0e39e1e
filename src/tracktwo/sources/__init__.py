"""Readers of outside data, one module a publisher: model objects with provenance."""
