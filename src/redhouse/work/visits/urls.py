from django.urls import path

from redhouse.work.visits.views import mine

app_name = "visits"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("find/", mine.find, name="find"),
    path("<int:household_id>/", mine.household, name="household"),
    path("<int:household_id>/record/", mine.record, name="record"),
    path("<int:household_id>/visits/<int:fact_id>/", mine.visit, name="visit"),
    path("<int:household_id>/visits/<int:fact_id>/void/", mine.void, name="void"),
    path("<int:household_id>/care/", mine.care, name="care"),
    path("<int:household_id>/care/<int:mark_id>/end/", mine.end_care, name="end-care"),
    path("photos/<int:photo_id>/", mine.photo, name="photo"),
]
