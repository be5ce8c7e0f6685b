"""``python -m download_client`` is ``mir-download``."""

import sys

from download_client.cli import main

sys.exit(main())
