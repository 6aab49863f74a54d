"""`python -m luoshi.config` is the `luoshi` command."""

import sys

from luoshi.config.cli import main

sys.exit(main())
