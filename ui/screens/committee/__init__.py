"""The committee room: decisions, risks, highlights, committees, budget."""
