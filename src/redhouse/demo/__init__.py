"""The demo town: what the article states (data files), what a seeded generator adds, and how both come into the house
through the same verbs as real life."""
