"""One module for each kind of page: a function from what is asked to a `View`."""
