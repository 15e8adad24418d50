from django.db import models


class FigureMemo(models.Model):
    """An answer that was computed once, for ever true at its cut: facts are append-only, and a change to a ground row
    that a figure reads is a fact too, which moves the cut. Nothing here is ever invalidated."""

    figure = models.CharField(max_length=8)
    sql_digest = models.CharField(max_length=64)
    division_code = models.CharField(max_length=15, db_collation="C")
    as_of = models.DateField()
    last_fact_id = models.BigIntegerField()
    result = models.JSONField()
    computed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "sql_digest", "division_code", "as_of", "last_fact_id"], name="figure_memo_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.division_code} {self.as_of} ≤{self.last_fact_id}"
