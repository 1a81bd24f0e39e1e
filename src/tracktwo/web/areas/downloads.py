"""The files of the dossier, made by the child in one language, and the texts for the first day. They lie in memory for a while and nowhere else."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse

from tracktwo.web.access import STEWARDS, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.findings import job_of
from tracktwo.web.pages import page, see_other
from tracktwo.web.work import work


class WantedForm(forms.Form):
    what = forms.ChoiceField(
        label=".downloads.what", choices=[(name, f".downloads.what-{name}") for name in ("files", "texts")], widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=".downloads.language", choices=[("en", "English"), ("fr", "Français"), ("ar", "العربية")], widget=forms.RadioSelect
    )
    names = forms.BooleanField(label=".downloads.names", help_text=".downloads.names-help", required=False)


@door(*STEWARDS, methods=("GET", "POST"))
def download(asked: Asked, desk: Desk) -> HttpResponse:
    """What is wanted: the dossier or the texts, in which language, with or without names."""
    form = WantedForm(asked.POST or None, initial={"what": "files", "language": asked.voice.language})
    if asked.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        job = job_of(asked, desk, wanted["what"], names=wanted["names"], language=wanted["language"])
        return see_other("download-files", tag=desk.tag, entry=work().ask(desk.owner, job))
    return page(asked, "team/download.html", desk=desk, form=form, visible_to=STEWARDS)


@door(*STEWARDS, methods=("GET", "POST"))
def files(asked: Asked, desk: Desk, entry: str) -> HttpResponse:
    """The files as links, or how far the child has come with them; by POST it is stopped."""
    standing = work().standing(desk.owner, entry)
    if standing is None:
        return see_other("download", tag=desk.tag)
    if asked.method == "POST":
        work().cancel(desk.owner, entry)
        return see_other("download", tag=desk.tag)
    made = work().files(desk.owner, entry) or {}
    listed = [(name, _slug(name), -(-len(content) // 1024)) for name, content in made.items()]
    return page(asked, "team/download_files.html", desk=desk, standing=standing, files=listed, number=entry, visible_to=STEWARDS)


@door(*STEWARDS)
def file(asked: Asked, desk: Desk, entry: str, part: str) -> HttpResponse:
    """One file, to be saved."""
    made = work().files(desk.owner, entry) or {}
    found = next((one for one in made if _slug(one) == part), None)
    if found is None:
        raise Http404
    return attachment(found, made[found])


def _slug(name: str) -> str:
    return name.replace(".", "-")


def attachment(name: str, content: bytes) -> HttpResponse:
    """Something that the browser saves and does not show. The name says nothing of the initiative."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


PATHS = [
    at("i/<tag:tag>/files", download, "download"),
    at("i/<tag:tag>/files/<entry:entry>", files, "download-files"),
    at("i/<tag:tag>/files/<entry:entry>/<slug:part>", file, "download-file"),
]
