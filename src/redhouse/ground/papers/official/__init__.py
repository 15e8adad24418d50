"""Official documents in the layout of GB/T 9704-2012: one tree (`layout`), two printers (`word`, `pdf`)."""
