"""Phases, tasks, milestones, baselines and forecasts of the roll-out."""
