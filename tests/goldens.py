"""Golden files: what something printed when it was last looked at. DLINT_UPDATE_GOLDENS=1 writes them."""

import os

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden")


def assert_golden(name, text):
    """Assert that *text* is what the golden file holds."""
    path = os.path.join(FOLDER, name)
    if os.environ.get("DLINT_UPDATE_GOLDENS"):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    with open(path, encoding="utf-8", newline="") as file:
        assert text == file.read(), f"{path} differs; DLINT_UPDATE_GOLDENS=1 accepts the new text"
