from django.urls import path

from redhouse.work.registry.views import exchange, imports

app_name = "registry"
urlpatterns = [
    path("exchange/", exchange.exchange, name="exchange"),
    path("exchange/<slug:kind>/template/", exchange.template, name="template"),
    path("exchange/<slug:kind>/export/", exchange.export, name="export"),
    path("exchange/upload/", imports.upload, name="upload"),
    path("imports/<int:import_id>/", imports.show, name="import"),
    path("imports/<int:import_id>/confirm/", imports.confirm, name="confirm"),
    path("imports/<int:import_id>/withdraw/", imports.withdraw, name="withdraw"),
    path("imports/<int:import_id>/workbook/", imports.workbook, name="workbook"),
]
