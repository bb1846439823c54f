"""What `diff` can find: the rules, their texts, their levels."""
