"""A procedure as data: what a file may say (`shape`), how it is read (`reading`). Nothing here touches a database."""

from redhouse.ground.process.procedure.reading import ProcedureError, read_procedure
from redhouse.ground.process.procedure.shape import Clause, Clock, Demand, Procedure, Step

__all__ = ["Clause", "Clock", "Demand", "Procedure", "ProcedureError", "Step", "read_procedure"]
