"""The corpus has the form and the variety that its README promises."""
