"""Pages of the answers room: the sheet, and the evidence behind each figure."""
