"""Whether something has changed on what people look at together: one query, for a telephone that asks every two seconds."""

from __future__ import annotations

from django.db import connection
from django.http import HttpResponse

from tracktwo.web import clock
from tracktwo.web.access import ANYONE, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.sessions import IDLE, WHOLE, cookie_of, row_id

_QUESTION = (
    "SELECT s.begun, s.seen, coalesce(b.version, 0) FROM tracktwo_web_session s LEFT JOIN tracktwo_web_board b ON b.id = s.board WHERE s.id = %s"
)


@door(ANYONE)
def poll(asked: Asked) -> HttpResponse:
    """204 where nothing changed since the version in `If-None-Match`, 200 with the number of the present one, 410 where the visit has ended.

    To ask is not to do something: a visit in which nothing else happens ends all the same.
    """
    cookie = cookie_of(asked)
    row = None
    if cookie is not None:
        with connection.cursor() as cursor:
            cursor.execute(_QUESTION, [row_id(cookie)])
            row = cursor.fetchone()
    now = clock.minute()
    if row is None or now - row[1] >= IDLE or now - row[0] >= WHOLE:
        return HttpResponse(status=410)
    version = str(row[2])
    return HttpResponse(status=204) if asked.headers.get("If-None-Match") == version else HttpResponse(version, content_type="text/plain")


PATHS = [at("poll", poll, "poll")]
