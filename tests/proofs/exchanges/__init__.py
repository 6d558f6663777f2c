"""Proofs about the draw: oracles, uniformity, mixing (make test-long)."""
