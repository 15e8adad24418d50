"""How every room refuses: with the list of what is still missing, in whole sentences."""

from collections.abc import Iterable


class NotYet(ValueError):
    """An action may not go ahead; `missing` holds one sentence for each thing that stands in its way."""

    def __init__(self, missing: Iterable[object]) -> None:
        self.missing = [str(sentence) for sentence in missing]
        super().__init__("；".join(self.missing))


def require(missing: Iterable[object]) -> None:
    """Raise NotYet unless the list is empty."""
    sentences = list(missing)
    if sentences:
        raise NotYet(sentences)
