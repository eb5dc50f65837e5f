#!/usr/bin/env python3
"""Does generate.py still make the tables that are committed, byte for byte?"""

import subprocess
import sys
import tempfile
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/key-account"


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-B", EXAMPLE / "generate.py", folder], check=True)
        made = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
    kept = {path.name: path.read_bytes() for path in (EXAMPLE / "data").iterdir()}
    if made.keys() != kept.keys():
        sys.exit(f"other tables: {sorted(made.keys() ^ kept.keys())}")
    other = [name for name in sorted(kept) if made[name] != kept[name]]
    if other:
        sys.exit(f"made otherwise than committed: {', '.join(other)}")
    print(f"{len(kept)} tables, {sum(map(len, kept.values()))} bytes, all the same")


if __name__ == "__main__":
    main()
