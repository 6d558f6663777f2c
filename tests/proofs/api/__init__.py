"""Long proofs of the API."""
