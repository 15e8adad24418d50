from redhouse.desk.api import matters, open311, reports, sync
from redhouse.web.api import addresses, new_api

API = new_api(
    title="红房子 Redhouse",
    version="1",
    description="手机离线同步；外部系统上报和跟踪事件；办事的人登录后办理重要事权的事项。\n\n"
    "Offline sync of phones; systems of others file and follow reports; people who owe steps of matters do them, "
    "signed in.",
)
API.add_router("sync", sync.router, tags=["sync"])
API.add_router("", matters.router, tags=["matters"])
API.add_router("reports", reports.router, tags=["reports"])
API.add_router("open311/v2", open311.router, tags=["Open311 GeoReport v2"])

app_name = "api"
urlpatterns = list(addresses(API, public={"openapi-json", "api-root", "services", "definition"}))
