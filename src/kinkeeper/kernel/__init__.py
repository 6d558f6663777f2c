"""The ground floor: what every room stands on; it knows no table, no Flask and no feature."""
