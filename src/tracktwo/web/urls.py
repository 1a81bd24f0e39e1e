"""The addresses of the private entrance: those of every area, each behind its door."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from django.urls import URLPattern

from tracktwo.web import areas

PUBLIC = frozenset({"library"})
"""Areas of the public library, which has a site of its own."""

urlpatterns: list[URLPattern] = [
    pattern
    for module in sorted(iter_modules(areas.__path__), key=lambda found: found.name)
    if module.name not in PUBLIC
    for pattern in getattr(import_module(f"{areas.__name__}.{module.name}"), "PATHS", ())
]

handler400 = "tracktwo.web.sentences.bad_request"
handler403 = "tracktwo.web.sentences.forged"
handler404 = "tracktwo.web.sentences.not_found"
handler500 = "tracktwo.web.sentences.our_fault"
