"""The door of reach."""
