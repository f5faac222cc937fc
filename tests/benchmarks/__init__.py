"""Measurements, run by hand through `make bench`; none of them is a test."""
