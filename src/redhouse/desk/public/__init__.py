"""What everybody may read without an account, and the wall screen: figures, villages, venues, open data, the log.

Whatever stands here is read through the views of schema `figures`, which hold nobody's name, number, phone or door.
"""
