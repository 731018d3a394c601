"""Canonical questions, asked of real data and answered twice."""
