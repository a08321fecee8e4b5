"""The browser that opens pages in tests: Chromium without a window, in its lighter build where that is installed."""

import shutil

NAMES = ["chromium-headless-shell", "chromium", "google-chrome"]
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
