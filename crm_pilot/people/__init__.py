"""Persons, departments, CRM user profiles and accounts."""
