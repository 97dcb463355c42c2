"""The lateral project: dated positions on the synergy × antagonism plane, zones, routes."""
