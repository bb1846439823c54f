"""The repository in here is tested as its team does it: in a copy, in its own process."""

collect_ignore = ["repository"]
