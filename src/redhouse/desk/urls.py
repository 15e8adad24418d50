from django.urls import include, path
from django.views.i18n import set_language

from redhouse.desk.views import bodies, front, people, search, villages
from redhouse.web.access import public

BODIES = [
    path("", bodies.tree, name="tree"),
    path("<int:body_id>/", bodies.body, name="body"),
    path("at/<slug:code>/", bodies.at, name="at"),
]
VILLAGES = [
    path("", villages.listed, name="list"),
    path("<slug:code>/", villages.village, name="village"),
    path("<slug:code>/homes/", villages.homes, name="homes"),
    path("<slug:code>/homes/<int:page>/", villages.homes, name="homes-page"),
]
PEOPLE = [
    path("<int:person_id>/", people.card, name="card"),
    path("<int:person_id>/look/", people.look, name="look"),
]

app_name = "desk"
urlpatterns = [
    path("", front.home, name="home"),
    path("search/", search.search, name="search"),
    path("bodies/", include((BODIES, "bodies"))),
    path("villages/", include((VILLAGES, "villages"))),
    path("people/", include((PEOPLE, "people"))),
    path("me/", front.account, name="account"),
    path("me/elder-mode/", front.elder_mode, name="elder-mode"),
    path("me/language/", public(set_language), name="language"),
    path("demo/<int:account_id>/", front.demo_sign_in, name="demo-sign-in"),
]
