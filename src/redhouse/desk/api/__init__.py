"""/api/v1: phones that were out of reach, and systems of others."""
