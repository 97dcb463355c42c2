"""The demonstration project and the templates of new projects."""

from crm_pilot.demo.project import Demonstration, build

__all__ = ["Demonstration", "build"]
