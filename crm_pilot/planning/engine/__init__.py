"""The scheduling engine: activities, links and calendars in; dates and slack out."""
