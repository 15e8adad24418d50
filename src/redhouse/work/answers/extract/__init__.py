"""Figures that travel: a folder of Parquet with all that the figures read, and their SQL, answered without a database.

`writing` needs the house; `manifest`, `reading`, `script` and `zipped` need nothing but the folder.
"""
