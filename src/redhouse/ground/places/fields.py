"""Pinyin initials of a name beside the name, for search; and what fills them in rows that were there before."""

from typing import Any

from django.db import models
from django.db.migrations import RunPython
from django.db.models import Case, IntegerField, Q, Value, When

from redhouse.kit.bulk import copy_rows
from redhouse.kit.needle import Needle
from redhouse.kit.pinyin import initials


class InitialsField(models.TextField):  # type: ignore[type-arg]
    """`kit.pinyin.initials` of the field `name` of the same row; written with the row, also by `bulk_create`.

    Whoever writes rows by COPY adds the column himself.
    """

    def __init__(self, **kwargs: Any) -> None:
        options: dict[str, Any] = {"editable": False, "default": "", "db_collation": "C"} | kwargs
        super().__init__(**options)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        spelled = initials(model_instance.name)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, spelled)
        return spelled


def named(needle: Needle) -> Q:
    """Rows whose `name` holds the word, or whose initials hold the letters; none where the needle is neither."""
    found = Q(pk__in=())
    if needle.word:
        found |= Q(name__icontains=needle.word) if needle.letters else Q(name__contains=needle.word)
    if needle.letters:
        found |= Q(initials__contains=needle.letters)
    return found


def closeness(needle: Needle) -> Case:
    """0 for the very name, 1 for its beginning, 2 for a part of it."""
    text, letters = needle.text, needle.letters
    whole, begins = Q(name=text), Q(name__startswith=text)
    if letters:
        whole |= Q(initials__contains=f" {letters} ")
        begins |= Q(initials__contains=f" {letters}")
    return Case(When(whole, then=0), When(begins, then=1), default=Value(2), output_field=IntegerField())


def fill_initials(table: str) -> RunPython:
    """A migration's operation: the initials of every name that is in `table` already, each name once."""

    def fill(_apps: Any, editor: Any) -> None:
        with editor.connection.cursor() as cursor:
            cursor.execute(f"SELECT DISTINCT name FROM {table}")
            names = [name for (name,) in cursor.fetchall()]
            if not names:
                return
            cursor.execute("CREATE TEMP TABLE spelled (name text, initials text) ON COMMIT DROP")
            copy_rows(cursor, "spelled", ("name", "initials"), ((name, initials(name)) for name in names))
            cursor.execute(f"UPDATE {table} t SET initials = s.initials FROM spelled s WHERE s.name = t.name")
            cursor.execute("DROP TABLE spelled")

    return RunPython(fill, RunPython.noop, elidable=False)
