"""What this project costs, measured against its peers: `python -m benchmarks`."""
