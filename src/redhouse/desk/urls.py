from django.urls import path
from django.views.i18n import set_language

from redhouse.desk import views
from redhouse.web.access import public

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("me/", views.account, name="account"),
    path("me/elder-mode/", views.elder_mode, name="elder-mode"),
    path("me/language/", public(set_language), name="language"),
    path("demo/<int:account_id>/", views.demo_sign_in, name="demo-sign-in"),
]
