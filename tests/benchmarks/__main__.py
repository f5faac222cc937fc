"""Measurements, one after the other: `python -m tests.benchmarks [name ...]`; without names, all of them."""

import runpy
import sys

MEASUREMENTS = (
    "quality",
    "speed",
    "rules",
    "trimming",
    "grounding",
    "generation",
    "stories",
    "splitting",
    "languages",
    "acknowledge",
    "loop_lag",
)

for name in sys.argv[1:] or MEASUREMENTS:
    print(f"\n== {name}", flush=True)
    runpy.run_module(f"tests.benchmarks.{name}", run_name="__main__")
