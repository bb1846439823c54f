"""Small servers, as the documentation of their frameworks writes them."""
