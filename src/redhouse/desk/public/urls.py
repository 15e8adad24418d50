from django.urls import path

from redhouse.desk.public.views import data, log, pages, votes, wall

app_name = "open"
urlpatterns = [
    path("open/", pages.home, name="home"),
    path("open/villages/", pages.villages, name="villages"),
    path("open/villages/<str:code>/", pages.village, name="village"),
    path("open/venues/", pages.venues, name="venues"),
    path("open/sheet/", pages.sheet, name="sheet"),
    path("open/data/", data.index, name="data"),
    path("open/data/<str:day>/<slug:dataset>.<slug:kind>", data.table, name="table"),
    path("open/verify/", log.verify, name="verify"),
    path("open/log/", log.index, name="log"),
    path("open/log/heads/", log.heads, name="heads"),
    path("open/log/keys/<str:key_id>/", log.key, name="key"),
    path("open/log/consistency/", log.consistency, name="consistency"),
    path("open/log/fact/<int:fact_id>/", log.fact, name="fact"),
    path("open/vote-rules/", votes.calculator, name="votes"),
    path("open/look/", pages.look, name="look"),
    path("open/wall/", wall.outside, name="wall-outside"),
    path("wall/", wall.inside, name="wall"),
    path("robots.txt", pages.robots, name="robots"),
]
