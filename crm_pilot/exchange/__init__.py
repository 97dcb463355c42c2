"""Importers and exporters, and the machinery that maps and checks columns."""
