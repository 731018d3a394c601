"""Whom to care about: the condition language, its sentence in two languages, its compilation to
one warehouse statement, saved audiences and their membership over time.
"""
