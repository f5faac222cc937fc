"""All measurements, one after the other: `python -m tests.benchmarks`."""

import runpy

MEASUREMENTS = ("loop_lag",)

for name in MEASUREMENTS:
    runpy.run_module(f"tests.benchmarks.{name}", run_name="__main__")
