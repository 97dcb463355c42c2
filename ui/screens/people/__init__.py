"""The people screen: persons, departments, profiles and accounts as plain tables."""
