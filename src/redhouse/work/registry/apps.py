from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from redhouse.web.navigation import Entry, Line


def sees(person: Any) -> bool:
    from redhouse.work.registry.rules import may_keep_any_registry  # models are not ready when apps are listed

    return may_keep_any_registry(person)


class RegistryConfig(AppConfig):
    name = "redhouse.work.registry"
    label = "registry"
    verbose_name = "党员与组织"
    navigation = (Entry(Line.PARTY, _("导入导出"), "registry:exchange", rank=20, sees=sees),)
