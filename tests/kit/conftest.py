"""Property tests search by example count; a busy machine must not turn into a failure."""

from hypothesis import settings

settings.register_profile("kit", deadline=None)
settings.load_profile("kit")
