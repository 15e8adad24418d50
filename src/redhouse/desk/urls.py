from django.urls import include, path
from django.views.i18n import set_language

from redhouse.desk.views import bodies, front, keys, messages, mine, notices, people, requests, search, villages
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
MINE = [
    path("sessions/<int:session_id>/end/", mine.end_session, name="end-session"),
    path("sessions/end-others/", mine.end_other_sessions, name="end-other-sessions"),
    path("data/", mine.data, name="data"),
    path("data/copy/", mine.ask_for_copy, name="ask-for-copy"),
    path("data/correction/", mine.ask_for_correction, name="ask-for-correction"),
    path("data/<int:request_id>/withdraw/", mine.withdraw_request, name="withdraw-request"),
    path("data/<int:request_id>/take/", mine.take_copy, name="take-copy"),
]
REQUESTS = [
    path("", requests.queue, name="queue"),
    path("<int:request_id>/", requests.one, name="one"),
    path("<int:request_id>/answer/", requests.answer, name="answer"),
]
MESSAGES = [
    path("", messages.inbox, name="inbox"),
    path("page/<int:page>/", messages.inbox, name="inbox-page"),
    path("<int:receipt_id>/", messages.open_message, name="open"),
    path("<int:receipt_id>/confirm/", messages.confirm, name="confirm"),
    path("read/", messages.mark_all_read, name="mark-all-read"),
    path("preferences/", messages.preferences, name="preferences"),
    path("sent/", notices.sent, name="sent"),
    path("sent/page/<int:page>/", notices.sent, name="sent-page"),
    path("sent/<int:notice_id>/", notices.notice, name="notice"),
    path("sent/<int:notice_id>/receipts/", notices.record_receipts, name="record-receipts"),
    path("sent/<int:notice_id>/announce/", notices.announce, name="announce"),
]
KEYS = [
    path("", keys.keys, name="list"),
    path("issue/", keys.issue, name="issue"),
    path("<int:token_id>/revoke/", keys.revoke, name="revoke"),
]

app_name = "desk"
urlpatterns = [
    path("", front.home, name="home"),
    path("search/", search.search, name="search"),
    path("bodies/", include((BODIES, "bodies"))),
    path("villages/", include((VILLAGES, "villages"))),
    path("people/", include((PEOPLE, "people"))),
    path("me/", mine.account, name="account"),
    path("me/", include((MINE, "mine"))),
    path("messages/", include((MESSAGES, "messages"))),
    path("me/elder-mode/", front.elder_mode, name="elder-mode"),
    path("me/language/", public(set_language), name="language"),
    path("keys/", include((KEYS, "keys"))),
    path("data-requests/", include((REQUESTS, "requests"))),
    path("demo/<int:account_id>/", front.demo_sign_in, name="demo-sign-in"),
]
