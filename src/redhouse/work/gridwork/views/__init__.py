"""Pages of the grid: the board, a case, types, inspections; and what the public sees."""
