"""From Api to Surface: what Python sees, with every name assigned."""
