"""What the frozen window begins with."""

import sys

from ui.app import main

sys.exit(main())
