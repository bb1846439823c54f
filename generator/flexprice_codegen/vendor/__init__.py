"""From generated files to disk: the lock file, the plan, and its application."""
