"""Committees, decisions, risks, budget, weather and warnings; may read every room."""
