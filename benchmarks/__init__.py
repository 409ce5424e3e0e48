"""What the product must be fast at, measured as ratios in one run: `make bench`."""
