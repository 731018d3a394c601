"""Customers and groups handed from one member to another: judged, asked for, followed to their end."""
