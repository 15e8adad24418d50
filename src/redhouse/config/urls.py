from django.urls import include, path

urlpatterns = [
    path("", include("redhouse.desk.urls")),
    path("", include("redhouse.desk.public.urls")),
    path("", include("redhouse.desk.phone.urls")),
    path("account/", include("redhouse.desk.account_urls")),
    path("registry/", include("redhouse.work.registry.urls")),
    path("visits/", include("redhouse.work.visits.urls")),
    path("decisions/", include("redhouse.work.decisions.urls")),
    path("api/v1/", include("redhouse.desk.api.urls")),
    path("open/", include("redhouse.work.decisions.urls.public")),
    path("gridwork/", include("redhouse.work.gridwork.urls")),
    path("open/", include("redhouse.work.gridwork.urls.public")),
    path("forms/", include("redhouse.work.forms.urls")),
    path("answers/", include("redhouse.work.answers.urls")),
]

handler500 = "redhouse.web.errors.server_error"
