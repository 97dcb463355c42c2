"""The adoption room: days of use, features and checkpoints, by department."""
