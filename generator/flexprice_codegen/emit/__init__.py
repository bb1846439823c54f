"""From `Surface` to files: models, client, webhooks, and the package around them."""
