"""Official documents in the layout of GB/T 9704-2012: one tree (`layout`), rendered as Word (`word`) and PDF (`pdf`)."""
