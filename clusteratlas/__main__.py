"""`python -m clusteratlas` is the command `clusteratlas`."""

from clusteratlas.cli import main

main()
