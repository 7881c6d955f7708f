"""Supply: what goes into what, which stages a chain has, where something is applied."""
