"""Side-by-side measurements. `make bench` runs them all and writes `benchmarks/results.md`; read the ratios, not the
milliseconds, since machines differ and are shared."""
