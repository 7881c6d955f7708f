"""The layout: which cities and regions are named for a cluster, in which role, and what star tables print."""
