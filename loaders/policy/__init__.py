"""Policies: what a document consists of, who issued it, when it holds, what it cites."""
