"""Tables of reach."""
