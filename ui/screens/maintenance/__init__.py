"""The maintenance room: tickets, flow, ageing."""
