"""The house's addresses and one more: an empty page behind the same locks and middleware, to measure others by."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from redhouse.web.access import public

EMPTY = (
    '<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{{ title }}</title></head><body></body></html>'
)


@public
def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(EMPTY).render({"title": "空"}, request))


urlpatterns = [path("bench/empty/", empty), path("", include("redhouse.config.urls"))]
handler500 = "redhouse.web.errors.server_error"
