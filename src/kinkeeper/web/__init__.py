"""The second floor: what every page and endpoint needs."""
