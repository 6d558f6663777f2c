"""The first floor: machinery with tables or adapters of its own, for any feature."""
