"""`python -m crm_pilot`: the same as the command `crm-pilot`."""

import sys

from crm_pilot.cli import main

if __name__ == "__main__":
    sys.exit(main())
