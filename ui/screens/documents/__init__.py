"""The documents room: preview, print, save, issue and reprint."""
