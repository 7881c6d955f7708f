"""The star layout reconciled: damaged tables, lists, counts and boxes as witnesses of one layout.

`reconcile` is the way in; `rows`, `table` and `diff` carry its result to the graph, to people and to other editions.
"""
