"""What every page and endpoint promises, whichever feature it belongs to."""
