from django.urls import path

from redhouse.work.gridwork.views import public

app_name = "open-grid"
urlpatterns = [
    path("report/", public.report, name="report"),
    path("report/find/", public.find, name="find"),
    path("report/<slug:code>/", public.status, name="status"),
    path("report/<slug:code>/act/", public.act, name="act"),
]
