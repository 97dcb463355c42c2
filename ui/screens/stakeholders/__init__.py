"""The stakeholder map: the plane, its time axis, the list, and what is known of one unit."""
