from django.urls import path

from redhouse.work.answers.views import evidence, sheet

app_name = "answers"
urlpatterns = [
    path("", sheet.own, name="sheet"),
    path("<slug:code>/", sheet.of_division, name="division"),
    path("<slug:code>/figure/<slug:figure_id>/", evidence.figure, name="figure"),
    path("<slug:code>/figure/<slug:figure_id>/rows/", evidence.rows, name="rows"),
    path("<slug:code>/figure/<slug:figure_id>/rows/excel/", evidence.workbook, name="workbook"),
]
