from django.db import models


class DoorstepChange(models.Model):
    """One transaction that changed what phones take along: of a village (`key` is its code), of one member ("m" and the
    number), or everywhere (empty). Triggers write it, whoever changed a row and how; nobody reads more of it than
    whether there is one."""

    key = models.CharField(max_length=20, db_collation="C")
    xact = models.BigIntegerField()  # its number of 64 bits

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "xact"], name="doorstep_change_once_a_transaction")]

    def __str__(self) -> str:
        return f"{self.key} {self.xact}"
