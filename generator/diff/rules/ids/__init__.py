"""The ids of all rules, one line an id, each with its key."""
