"""Feedback: what the project was to achieve, and what was measured of it."""
