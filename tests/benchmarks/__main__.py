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
    "feeds",
    "pages",
    "copies",
    "fetching",
    "polling",
    "bombs",
    "acknowledge",
    "loop_lag",
    "composition",
    "fanout",
    "punctuality",
    "month",
)

names = sys.argv[1:] or MEASUREMENTS
for name in names:
    print(f"\n== {name}", flush=True)
    sys.argv[1:] = []  # the names are no arguments of a measurement
    runpy.run_module(f"tests.benchmarks.{name}", run_name="__main__")
