"""The cockpit: the project on one screen."""
