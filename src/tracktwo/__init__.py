"""tracktwo: from a one-page brief to an evidence-backed dossier for Track II dialogue, and the library it learns from."""

__version__ = "0.1.0"
