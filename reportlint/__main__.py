"""``python -m reportlint``."""

import sys

from reportlint.cli.main import main

sys.exit(main())
