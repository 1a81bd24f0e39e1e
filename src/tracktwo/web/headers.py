"""What every response tells the browser: load nothing from elsewhere, keep nothing, show it in no frame, tell nobody where one came from."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from tracktwo.web.serving import serving

POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind} 'self'" for kind in ("script-src", "style-src", "img-src", "font-src", "connect-src", "form-action")),
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_NOT_USED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "payment",
    "usb",
    "browsing-topics",
)

ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _NOT_USED),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


class Headers:
    """Middleware around everything, errors and static files too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, asked: HttpRequest) -> HttpResponse:
        response = self.get_response(asked) if _is_ours(asked) else HttpResponse(status=400)
        for name, value in ALWAYS.items():
            response.headers[name] = value
        if not (asked.path.startswith(settings.STATIC_URL) and response.status_code in (200, 304)):
            response.headers["Cache-Control"] = "no-store"
        if serving().tls:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response


def _is_ours(asked: HttpRequest) -> bool:
    """Whether the browser means us: a page of another site can let its own name lead to this machine, and would then be of our origin."""
    try:
        asked.get_host()
    except DisallowedHost:
        return False
    return True
