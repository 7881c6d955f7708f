"""Measurements, run by hand with `make bench` and `make soak`; see README.md."""
