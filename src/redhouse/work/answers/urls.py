from django.urls import path

from redhouse.work.answers.views import approval, books, compare, evidence, exports, sheet

app_name = "answers"
urlpatterns = [
    path("", sheet.own, name="sheet"),
    path("<slug:code>/", sheet.of_division, name="division"),
    path("<slug:code>/compare/", compare.compare, name="compare"),
    path("<slug:code>/export/", exports.download, name="export"),
    path("<slug:code>/submit/", approval.submit, name="submit"),
    path("<slug:code>/approval/<int:sheet_id>/", approval.page, name="approval"),
    path("<slug:code>/approval/<int:sheet_id>/approve/", approval.approve, name="approve"),
    path("<slug:code>/approval/<int:sheet_id>/send-back/", approval.send_back, name="send-back"),
    path("<slug:code>/approval/<int:sheet_id>/data/", approval.extract, name="extract"),
    path("<slug:code>/approval/<int:sheet_id>/data/again/", approval.extract_again, name="extract-again"),
    path("<slug:code>/figure/<slug:figure_id>/", evidence.figure, name="figure"),
    path("<slug:code>/figure/<slug:figure_id>/rows/", evidence.rows, name="rows"),
    path("<slug:code>/figure/<slug:figure_id>/rows/excel/", books.workbook, name="workbook"),
    path("<slug:code>/figure/<slug:figure_id>/rows/excel/write/", books.ask, name="ask-book"),
    path("<slug:code>/figure/<slug:figure_id>/rows/excel/<int:book_id>/", books.book, name="book"),
    path("<slug:code>/figure/<slug:figure_id>/rows/excel/<int:book_id>/file/", books.book_file, name="book-file"),
]
