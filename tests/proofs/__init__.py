"""Proofs by fire: many at once, killed, cut off; short forms in `make test`, long ones in `make prove`."""
