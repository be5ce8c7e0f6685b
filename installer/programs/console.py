"""What the frozen command line begins with."""

import sys

from download_client.cli import main

sys.exit(main())
