"""Tickets, priorities, flow and ageing."""
