from django.urls import path

from redhouse.work.visits.views import arranging, checking, mine, problems, stations

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
    path("gaps/", arranging.gaps, name="gaps"),
    path("gaps/<str:code>/", arranging.place, name="place"),
    path("gaps/<str:code>/share/", arranging.share, name="share"),
    path("gaps/<str:code>/hand-over/", arranging.hand_over, name="hand-over"),
    path("figures/", arranging.counts, name="counts"),
    path("figures/<str:code>/", arranging.show_figures, name="figures"),
    path("samples/", checking.samples, name="samples"),
    path("samples/<int:sample_id>/", checking.sample, name="sample"),
    path("samples/answers/<int:callback_id>/", checking.answer, name="answer"),
    path("checklists/", checking.checklists, name="checklists"),
    path("checklists/<slug:topic>/", checking.checklist, name="checklist"),
    path("<int:household_id>/visits/<int:fact_id>/problem/", problems.new, name="problem-new"),
    path("problems/", problems.index, name="problems"),
    path("problems/<int:report_id>/", problems.problem, name="problem"),
    path("problems/<int:report_id>/settle/", problems.settle, name="settle"),
    path("problems/<int:report_id>/reply/", problems.reply, name="reply"),
    path("stations/", stations.index, name="stations"),
    path("stations/<int:team_id>/", stations.team, name="team"),
    path("stations/<int:team_id>/day/", stations.fix_day, name="fix-day"),
    path("stations/<int:team_id>/log/", stations.log, name="log"),
    path("stations/<int:team_id>/mentorships/", stations.mentor, name="mentor"),
    path("mentorships/<int:mentorship_id>/notes/", stations.note, name="note"),
    path("mentorships/<int:mentorship_id>/end/", stations.end, name="end-mentorship"),
]
