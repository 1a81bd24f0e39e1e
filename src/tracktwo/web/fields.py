"""Fields that several forms have. A label is a code of the catalogues; the template says it in the reader's language."""

from __future__ import annotations

from typing import Any

from django import forms


class Words(forms.CharField):
    """Words from a card, an invitation or a recovery code: typed as one likes, never remembered by the browser."""

    def __init__(self, **kwargs: Any) -> None:
        typing = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}
        super().__init__(**{"max_length": 200, "widget": forms.TextInput(typing), **kwargs})


class Passphrase(forms.CharField):
    """A passphrase, which no page shows again."""

    def __init__(self, *, fresh: bool = False, **kwargs: Any) -> None:
        typing = {"autocomplete": "new-password" if fresh else "current-password", "dir": "auto"}
        super().__init__(**{"max_length": 400, "strip": True, "widget": forms.PasswordInput(typing), **kwargs})


class Code(forms.CharField):
    """Six digits from a telephone."""

    def __init__(self, **kwargs: Any) -> None:
        typing = {"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}
        super().__init__(**{"max_length": 12, "widget": forms.TextInput(typing), **kwargs})


class Handle(forms.CharField):
    """A name of one's own choice to sign in with: no e-mail address is wanted."""

    def __init__(self, **kwargs: Any) -> None:
        typing = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "dir": "auto"}
        super().__init__(**{"max_length": 60, "min_length": 2, "widget": forms.TextInput(typing), **kwargs})
