"""Django's settings, made from what the process was started with. Nothing of Django's own accounts, sessions, messages or administration is used."""

from __future__ import annotations

import hashlib
import logging
from contextlib import suppress
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connections

from tracktwo.vault.primitives import derive
from tracktwo.web.serving import Serving

HERE = Path(__file__).parent
STATIC = HERE / "static"


def static_prefix() -> str:
    """A path that changes with any of the static files, so that browsers may keep them for ever."""
    digest = hashlib.sha256()
    for path in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0" + path.read_bytes())
    return f"/s/{digest.hexdigest()[:10]}/"


def database_of(serving: Serving) -> dict[str, Any]:
    """The one database, which holds the records and what the web knows of accounts and sessions."""
    if serving.database is None:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(serving.home.file),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
            "CONN_MAX_AGE": None,
        }
    from psycopg.conninfo import conninfo_to_dict  # only where a PostgreSQL database is named is its driver needed

    parts: dict[str, Any] = dict(conninfo_to_dict(serving.database))
    named = {"NAME": parts.pop("dbname", ""), "USER": parts.pop("user", ""), "PASSWORD": parts.pop("password", "")}
    placed = {"HOST": parts.pop("host", ""), "PORT": str(parts.pop("port", ""))}
    return {"ENGINE": "django.db.backends.postgresql", **named, **placed, "OPTIONS": parts, "CONN_MAX_AGE": None}


def settings_of(serving: Serving) -> dict[str, Any]:
    """Every setting that differs from Django's own."""
    return {
        "TRACKTWO": serving,
        "DEBUG": False,
        # Nothing is signed by it but the token against forged forms.
        "SECRET_KEY": derive(serving.home.secret.read().pepper, "forms").hex() if serving.site == "private" else "the public library has no forms",
        "ALLOWED_HOSTS": list(serving.hosts),
        "INSTALLED_APPS": ["tracktwo.web.app.House"],
        "ROOT_URLCONF": "tracktwo.web.urls" if serving.site == "private" else "tracktwo.web.public_urls",
        "WSGI_APPLICATION": "tracktwo.web.wsgi.application",
        "DATABASES": {"default": database_of(serving)} if serving.site == "private" else {},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "MIDDLEWARE": [
            "tracktwo.web.headers.Headers",
            "django.middleware.gzip.GZipMiddleware",
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "tracktwo.web.sentences.Sentences",
            "tracktwo.web.language.Language",
            *(["tracktwo.web.sessions.Sessions", "tracktwo.web.forgery.Forms"] if serving.site == "private" else []),
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.jinja2.Jinja2",
                "DIRS": [HERE / "templates", HERE.parent / "dossier" / "templates"],
                "OPTIONS": {"environment": "tracktwo.web.pages.environment", "autoescape": True},
            }
        ],
        "STATIC_ROOT": str(STATIC),
        "STATIC_URL": static_prefix(),
        "WHITENOISE_MAX_AGE": 365 * 24 * 3600,
        "WHITENOISE_ALLOW_ALL_ORIGINS": False,
        "WHITENOISE_CHARSET": "utf-8",
        # Uploads stay in memory: what is too big is refused, nothing is laid down in a temporary file.
        "FILE_UPLOAD_HANDLERS": ["django.core.files.uploadhandler.MemoryFileUploadHandler"],
        "FILE_UPLOAD_MAX_MEMORY_SIZE": UPLOAD_LIMIT,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": UPLOAD_LIMIT,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 5000,
        "CSRF_COOKIE_NAME": "__Host-form",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "CSRF_COOKIE_AGE": None,
        "CSRF_FAILURE_VIEW": "tracktwo.web.sentences.forged",
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if serving.behind_proxy else None,
        "USE_I18N": True,
        "USE_TZ": True,
        "LANGUAGE_CODE": "en",
        "LANGUAGES": [("en", "English"), ("fr", "Français"), ("ar", "العربية")],
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}},
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "LOGGING_CONFIG": None,
        "LOGGING": {},
        "APPEND_SLASH": False,
    }


UPLOAD_LIMIT = 32 * 1024 * 1024
"""Bytes of a form with its files: a bundle of years of work is smaller."""


def keep_django_silent() -> None:
    """Let Django write no log: its lines hold addresses, and for an error all that was in the hand of the code. `sentences.report` writes ours."""
    logger = logging.getLogger("django")
    logger.handlers = [logging.NullHandler()]
    logger.propagate = False


def configure(serving: Serving) -> None:
    """Set Django up for this process; called again, let it serve from another home, as tests do."""
    keep_django_silent()
    made = settings_of(serving)
    if not settings.configured:
        settings.configure(**made)
        django.setup()
        return
    connections.close_all()
    for name, value in made.items():
        setattr(settings, name, value)
    connections.settings = connections.configure_settings(made["DATABASES"])
    for alias in list(connections):
        with suppress(AttributeError):  # nobody has asked it anything yet
            del connections[alias]
