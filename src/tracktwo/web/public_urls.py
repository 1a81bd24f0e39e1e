"""The addresses of the public library. It knows of no entrance."""

from __future__ import annotations

from tracktwo.web.areas.library import PATHS

urlpatterns = list(PATHS)

handler400 = "tracktwo.web.sentences.bad_request"
handler404 = "tracktwo.web.sentences.not_found"
handler500 = "tracktwo.web.sentences.our_fault"
