"""The training room: sessions, trainees, coverage."""
