"""From files to disk: the lock, the plan and its atomic application."""
