"""The chat archive: what was written is read from it, kept for a while, and looked at by whoever answers for it."""
