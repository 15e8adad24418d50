from django.urls import path

from redhouse.work.forms.views import books, burden, drafts, ledgers

app_name = "forms"
urlpatterns = [
    path("", ledgers.index, name="index"),
    path("burden/", burden.index, name="burden"),
    path("drafts/new/", drafts.new, name="new-draft"),
    path("drafts/<int:draft_id>/", drafts.show, name="draft"),
    path("drafts/<int:draft_id>/approve/", drafts.approve, name="approve-draft"),
    path("drafts/<int:draft_id>/return/", drafts.send_back, name="return-draft"),
    path("<slug:form_code>/<str:code>/<str:month>/", ledgers.show, name="ledger"),
    path("<slug:form_code>/<str:code>/<str:month>/fill/", ledgers.fill, name="fill"),
    path("<slug:form_code>/<str:code>/<str:month>/download/", ledgers.download, name="download"),
    path("<slug:form_code>/<str:code>/<str:month>/book/", books.offer, name="book-offer"),
    path("<slug:form_code>/<str:code>/<str:month>/book/ask/", books.ask, name="ask-book"),
    path("<slug:form_code>/<str:code>/<str:month>/book/<int:book_id>/", books.show, name="book"),
    path("<slug:form_code>/<str:code>/<str:month>/book/<int:book_id>/file/", books.fetch, name="book-file"),
]
