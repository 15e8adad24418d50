from django.urls import path

from redhouse.work.decisions.views import public

app_name = "open-matters"
urlpatterns = [
    path("matters/", public.index, name="matters"),
    path("matters/<int:matter_id>/", public.show, name="matter"),
    path("posters/", public.posters, name="posters"),
    path("posters/<slug:code>/", public.poster, name="poster"),
    path("posters/<slug:code>/<slug:sheet>.<slug:kind>", public.poster_file, name="poster-file"),
]
