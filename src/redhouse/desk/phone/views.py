"""The shell of the phone app, its service worker and its manifest. Nobody is named here, so that all of it may rest in
a browser's cache; who may see which household is decided where the phone pulls."""

from __future__ import annotations

import json
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from redhouse.desk.phone.words import words
from redhouse.web.access import public
from redhouse.web.modes import is_elder

PARTS = [
    "redhouse.css", "icons.svg", "house.svg", "house-192.png",
    "phone.js", "phone-sheet.js", "phone-store.js", "phone-sync.js", "phone-photos.js", "place.js",
]  # fmt: skip


@public
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The same page for everybody in one language and mode."""
    return _fresh(render(request, "phone/shell.html", _shell(is_elder(request))))


@public
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Where a page was asked for and no server answers."""
    return _fresh(render(request, "phone/offline.html", {"elder": is_elder(request)}))


@public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of this version. Its text changes with any part of the app, and only then."""
    version = version_of(translation.get_language() or "", is_elder(request))
    files = [reverse("phone:shell"), reverse("phone:offline"), *(static(f"redhouse/{part}") for part in PARTS)]
    head = {"VERSION": version, "SHELL": reverse("phone:shell"), "OFFLINE": reverse("phone:offline"), "FILES": files}
    lines = [f"const {name} = {json.dumps(value)};" for name, value in head.items()]
    script = "\n".join([*lines, _read("worker.js").decode()])
    return _fresh(HttpResponse(script, content_type="text/javascript; charset=utf-8"))


@public
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What the phone needs to put the app on its home screen."""
    found = {
        "name": pgettext("product", "红房子"),
        "short_name": pgettext("product", "红房子"),
        "description": _("走访、上报，没有信号也能记"),
        "lang": translation.get_language(),
        "id": reverse("phone:shell"),
        "start_url": reverse("phone:shell"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#F7F4EF",
        "theme_color": "#F7F4EF",
        "icons": [
            {"src": static(f"redhouse/house-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
            for size in (192, 512)
        ],
    }
    return _fresh(JsonResponse(found, content_type="application/manifest+json"))


@lru_cache(maxsize=8)
def version_of(language: str, elder: bool) -> str:
    """A digest of everything that the app consists of, for one language and mode."""
    with translation.override(language):
        digest = sha256(render_to_string("phone/shell.html", _shell(elder)).encode())
    for part in [*PARTS, "worker.js"]:
        digest.update(_read(part))
    return digest.hexdigest()[:16]


def _shell(elder: bool) -> dict[str, object]:
    return {"elder": elder, "words": words()}


def _read(part: str) -> bytes:
    return Path(str(finders.find(f"redhouse/{part}"))).read_bytes()


def _fresh(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "no-cache"
    return answer
