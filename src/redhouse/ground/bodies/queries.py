"""Reads of the organisations."""

from datetime import date

from redhouse.ground.bodies.models import Body


def below(body: Body, on: date) -> list[Body]:
    """`body` and everything that stands under it on `on`, nearest first, in one recursive query."""
    return list(
        Body.objects.raw(
            "WITH RECURSIVE tree AS ("
            " SELECT b.*, 0 AS depth FROM bodies_body b WHERE b.id = %s"
            " UNION ALL SELECT b.*, t.depth + 1 FROM bodies_body b JOIN tree t ON b.parent_id = t.id"
            " WHERE b.from_on <= %s AND (b.until_on IS NULL OR b.until_on > %s)"
            ") SELECT * FROM tree ORDER BY depth, division_code, id",
            [body.pk, on, on],
        )
    )


def line_up(body: Body) -> list[Body]:
    """The superiors of `body`, nearest first, in one recursive query."""
    return list(
        Body.objects.raw(
            "WITH RECURSIVE line AS ("
            " SELECT b.*, 0 AS depth FROM bodies_body b WHERE b.id = %s"
            " UNION ALL SELECT b.*, l.depth + 1 FROM bodies_body b JOIN line l ON b.id = l.parent_id"
            ") SELECT * FROM line WHERE depth > 0 ORDER BY depth",
            [body.pk],
        )
    )
