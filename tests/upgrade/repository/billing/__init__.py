"""How a team bills: customers and deliveries of Flexprice, entries of its own ledger."""
