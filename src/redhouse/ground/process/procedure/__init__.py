"""A procedure as data: what a file may say (`shape`), how it is read (`reading`), whether it is safe (`proofs`), how it
is drawn (`drawing`) and handed on (`bpmn`). Nothing here touches a database."""

from redhouse.ground.process.procedure.folder import read_folder, texts_in
from redhouse.ground.process.procedure.reading import digest_of, read_procedure
from redhouse.ground.process.procedure.shape import Clause, Clock, Demand, Procedure, Step
from redhouse.ground.process.procedure.table import ProcedureError

__all__ = [
    "Clause", "Clock", "Demand", "Procedure", "ProcedureError", "Step", "digest_of", "read_folder", "read_procedure",
    "texts_in",
]  # fmt: skip
