"""The door of journeys."""
