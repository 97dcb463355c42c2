"""Courses, sessions, attendance and coverage."""
