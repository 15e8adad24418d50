from django.urls import path

from redhouse.work.gridwork.views import board, cases, inspections, types

app_name = "gridwork"
urlpatterns = [
    path("", board.index, name="board"),
    path("assign/", board.assign, name="assign-many"),
    path("new/", board.new, name="new"),
    path("poster/<str:code>/", inspections.poster, name="poster"),
    path("cases/<int:report_id>/", cases.show, name="case"),
    path("cases/<int:report_id>/close/", cases.close, name="close"),
    path("cases/<int:report_id>/assign/", cases.assign, name="assign"),
    path("cases/<int:report_id>/reply/", cases.reply, name="reply"),
    path("cases/<int:report_id>/look/", cases.look, name="look"),
    path("cases/<int:report_id>/suspend/", cases.suspend, name="suspend"),
    path("cases/<int:report_id>/resume/", cases.resume, name="resume"),
    path("cases/<int:report_id>/photos/<int:paper_id>/", cases.photo, name="photo"),
    path("types/", types.index, name="types"),
    path("types/new/", types.new, name="new-type"),
    path("types/<int:type_id>/", types.change, name="type"),
    path("templates/", types.keep_template, name="keep-template"),
    path("inspections/", inspections.index, name="inspections"),
    path("inspections/hazards/", inspections.hazards, name="hazards"),
    path("inspections/hazards/<int:hazard_id>/remove/", inspections.remove, name="remove-hazard"),
    path("inspections/forms/new/", inspections.new_form, name="new-form"),
    path("inspections/forms/<int:form_id>/", inspections.form, name="form"),
    path("inspections/forms/<int:form_id>/approve/", inspections.approve, name="approve-form"),
    path("inspections/plan/", inspections.plan, name="plan-round"),
    path("inspections/rounds/<int:round_id>/", inspections.round_, name="round"),
    path("inspections/rounds/<int:round_id>/sites/", inspections.add_site, name="add-site"),
    path("inspections/rounds/<int:round_id>/sites/<int:site_id>/", inspections.site, name="inspect"),
]
