"""From Document to Api: what the wire says, as frozen values."""
