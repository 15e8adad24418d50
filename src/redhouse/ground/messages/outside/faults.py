from redhouse.ground.messages.enums import Failure


class NotSent(Exception):
    """It did not leave. `is_final`: trying again would not help. Carries neither number nor address."""

    def __init__(self, reason: Failure, *, answer: int | None = None, is_final: bool = False) -> None:
        super().__init__(str(reason))
        self.reason, self.answer, self.is_final = reason, answer, is_final
