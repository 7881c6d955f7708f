"""Companies: which are named, for which city and cluster, and as what."""
