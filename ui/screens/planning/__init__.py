"""The planning room: outline and Gantt in one scroll."""
