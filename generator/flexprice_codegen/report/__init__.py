"""From diagnostics and plans to text for people and machines."""
