"""Connection days and actions, read against each user profile; features and their use."""
