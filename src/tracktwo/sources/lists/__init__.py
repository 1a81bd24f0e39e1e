"""Lists of sanctioned and proscribed parties, one module a publisher: from the file as it is published to a `ListSnapshot`."""

from tracktwo.sources.lists.reading import read_list

__all__ = ["read_list"]
