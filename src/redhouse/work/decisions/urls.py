from django.urls import path

from redhouse.work.decisions.views import matters, papers, steps

app_name = "decisions"
urlpatterns = [
    path("", matters.index, name="matters"),
    path("new/", matters.powers, name="powers"),
    path("new/<slug:code>/", matters.new, name="new"),
    path("<int:matter_id>/", matters.show, name="matter"),
    path("<int:matter_id>/papers/", matters.papers, name="papers"),
    path("<int:matter_id>/papers/file/", steps.file, name="file-paper"),
    path("<int:matter_id>/papers/<int:paper_id>/<int:version_no>/", papers.download, name="paper"),
    path("<int:matter_id>/papers/<int:paper_id>/amend/", steps.amend, name="amend"),
    path("<int:matter_id>/opinions/", matters.opinions, name="opinions"),
    path("<int:matter_id>/opinions/add/", steps.speak, name="speak"),
    path("<int:matter_id>/opinions/<int:opinion_id>/answer/", steps.answer, name="answer"),
    path("<int:matter_id>/record/", matters.record, name="record"),
    path("<int:matter_id>/close/", steps.close, name="close"),
    path("<int:matter_id>/inform/", steps.inform, name="inform"),
    path("<int:matter_id>/explain/", steps.explain, name="explain"),
    path("<int:matter_id>/check/", steps.check, name="check"),
    path("<int:matter_id>/suspend/", steps.suspend, name="suspend"),
    path("<int:matter_id>/resume/", steps.resume, name="resume"),
]
