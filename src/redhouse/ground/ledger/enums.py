"""Numbers that the database and Python must agree on."""

# pg_advisory_xact_lock keys: every statement that writes facts holds WRITERS shared; the sequencer takes it
# exclusively for an instant, so that nobody stands between drawing a fact number and committing.
WRITERS_LOCK = 7_340_001
SEQUENCER_LOCK = 7_340_002
