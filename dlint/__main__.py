"""``python -m dlint``."""

from dlint.cli import main

raise SystemExit(main())
