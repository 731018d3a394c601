"""The state: corps, people, relations, and what they have of each other."""
