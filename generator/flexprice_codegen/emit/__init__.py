"""From Surface to files: models, client, webhooks and what surrounds them."""
