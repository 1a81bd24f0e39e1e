"""Files that are zip archives inside (DOCX, XLSX), written so that the same content gives the same bytes and no clock is told."""

from __future__ import annotations

import io
import zipfile

_NO_TIME = (1980, 1, 1, 0, 0, 0)


def settled(archive: bytes) -> bytes:
    """Return the archive with its members in their order, all compressed alike and without the time at which they were written."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.infolist():
            plain = zipfile.ZipInfo(member.filename, _NO_TIME)
            plain.compress_type = zipfile.ZIP_DEFLATED
            plain.external_attr = 0o600 << 16
            after.writestr(plain, before.read(member))
    return stream.getvalue()
