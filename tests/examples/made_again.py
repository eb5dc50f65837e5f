#!/usr/bin/env python3
"""Does an example's generate.py still make the tables that are committed, byte for byte?

    made_again.py EXAMPLE
"""

import subprocess
import sys
import tempfile
from pathlib import Path


def main():
    example = Path(__file__).resolve().parents[2] / "examples" / sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-B", example / "generate.py", folder], check=True)
        made = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
    kept = {path.name: path.read_bytes() for path in (example / "data").iterdir()}
    if made.keys() != kept.keys():
        sys.exit(f"other tables: {sorted(made.keys() ^ kept.keys())}")
    other = [name for name in sorted(kept) if made[name] != kept[name]]
    if other:
        sys.exit(f"made otherwise than committed: {', '.join(other)}")
    print(f"{len(kept)} tables, {sum(map(len, kept.values()))} bytes, all the same")


if __name__ == "__main__":
    main()
