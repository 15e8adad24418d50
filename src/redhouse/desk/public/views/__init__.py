"""Public pages, open data, the log, the wall screen."""
