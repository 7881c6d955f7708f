"""Targets: the figures that a policy sets or reports."""
