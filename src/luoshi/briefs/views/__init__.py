"""Pages of material: writing a review, handing over, contracts; one family a file."""
