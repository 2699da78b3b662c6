"""``python -m reportlint``."""

import sys

try:
    from reportlint.cli.main import main

    code = main()
except KeyboardInterrupt:  # before main handles it
    print("reportlint: interrupted", file=sys.stderr)
    code = 130
sys.exit(code)
