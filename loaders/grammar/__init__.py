"""The language that all loaders read: lists, numerals, quantities, dates, lists of agencies."""
