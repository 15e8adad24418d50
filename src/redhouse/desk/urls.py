from django.urls import path
from django.views.i18n import set_language

from redhouse.desk.views import front
from redhouse.web.access import public

app_name = "desk"
urlpatterns = [
    path("", front.home, name="home"),
    path("me/", front.account, name="account"),
    path("me/elder-mode/", front.elder_mode, name="elder-mode"),
    path("me/language/", public(set_language), name="language"),
    path("demo/<int:account_id>/", front.demo_sign_in, name="demo-sign-in"),
]
