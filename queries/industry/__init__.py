"""Analyses of the layout and of the chains: relatedness, gaps, chains, comparison."""
