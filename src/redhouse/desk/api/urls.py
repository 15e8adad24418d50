from redhouse.desk.api import open311, reports, sync
from redhouse.web.api import addresses, new_api

API = new_api(
    title="红房子 Redhouse",
    version="1",
    description="手机离线同步；外部系统上报和跟踪事件。\n\n"
    "Offline sync of phones; systems of others file and follow reports.",
)
API.add_router("sync", sync.router, tags=["sync"])
API.add_router("reports", reports.router, tags=["reports"])
API.add_router("open311/v2", open311.router, tags=["Open311 GeoReport v2"])

app_name = "api"
urlpatterns = list(addresses(API, public={"openapi-json", "api-root", "services", "definition"}))
