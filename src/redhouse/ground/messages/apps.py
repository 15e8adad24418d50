from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MessagesConfig(AppConfig):
    name = "redhouse.ground.messages"
    label = "notices"  # “messages” is Django's own
    verbose_name = "消息"

    def ready(self) -> None:
        autodiscover_modules("due", "todo")  # every room says what is due in it, and who owes what
