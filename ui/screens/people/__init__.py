"""The people screen: persons, departments, profiles, accounts and roles as plain tables."""
