"""The roof: puts the house together; may import everything."""
