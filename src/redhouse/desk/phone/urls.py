from django.urls import path

from redhouse.desk.phone import views

app_name = "phone"
urlpatterns = [
    path("phone/", views.shell, name="shell"),
    path("phone/offline/", views.offline, name="offline"),
    path("sw.js", views.worker, name="worker"),
    path("app.webmanifest", views.manifest, name="manifest"),
]
