#!/usr/bin/env python3
"""Shows that check_includes.py catches what it should, on small trees of its own."""

import tempfile
import unittest
from pathlib import Path

from check_includes import check

TABLE = """
| room | what happens here | knows of |
| --- | --- | --- |
| `grammar/` | rules | PEGTL |
| `engine/base/` | numbers | — |
| `engine/parse/` | trees | grammar, base, PEGTL |
| `engine/rulefile/` | files | parse, base, yaml-cpp |
| `engine/data/` | tables | base, DuckDB |
| `engine/steelyard.h` | everything | all of engine |
| `cli/` | commands | façade, base |
| `rules/` | no code | — |
"""


class CheckIncludes(unittest.TestCase):
    def faults(self, files, table=TABLE):
        """The faults of a tree with these files; those with a room's headers are always there."""
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            tree = {
                "docs/architecture.md": table,
                "grammar/formula.h": "#include <tao/pegtl.hpp>\n",
                "engine/base/number.h": "#include <string>\n",
                "engine/parse/parse.h": '#include "engine/base/number.h"\n',
                "engine/steelyard.h": '#include "engine/parse/parse.h"\n',
                **files,
            }
            for name, text in tree.items():
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return check(root)

    def test_allowed(self):
        self.assertEqual([], self.faults({
            "engine/parse/parse.cpp": '#include "engine/parse/parse.h"\n'
                                      '#include "grammar/formula.h"\n#include <tao/pegtl.hpp>\n',
            "engine/rulefile/load.cpp": "#include <yaml-cpp/yaml.h>\n",
            "engine/data/load.cpp": "#include <duckdb.h>\n",
            "engine/steelyard.cpp": '#include "engine/base/number.h"\n',
            "cli/main.cpp": '#include "engine/steelyard.h"\n#include <CLI/CLI.hpp>\n',
        }))

    def test_room_that_is_not_known(self):
        self.assertEqual(
            ["engine/base/number.cpp:2: base does not know parse (engine/parse/parse.h)"],
            self.faults({"engine/base/number.cpp": '\n#include "engine/parse/parse.h"\n'}))

    def test_indirect_is_not_enough(self):
        self.assertEqual(
            ["cli/main.cpp:1: cli does not know parse (engine/parse/parse.h)"],
            self.faults({"cli/main.cpp": '#  include "engine/parse/parse.h"\n'}))

    def test_facade_knows_rooms_not_libraries(self):
        self.assertEqual(
            ["engine/steelyard.cpp:1: façade does not know yaml-cpp",
             "engine/steelyard.cpp:3: façade does not know grammar (grammar/formula.h)"],
            self.faults({"engine/steelyard.cpp": "#include <yaml-cpp/yaml.h>\n"
                                                 '#include "engine/parse/parse.h"\n'
                                                 '#include "grammar/formula.h"\n'}))

    def test_library_of_another_room(self):
        self.assertEqual(
            ["engine/base/number.cpp:1: base does not know yaml-cpp",
             "engine/base/number.cpp:2: base does not know PEGTL",
             "engine/base/number.cpp:3: base does not know DuckDB"],
            self.faults({"engine/base/number.cpp": "#include <yaml-cpp/node/node.h>\n"
                                                   "#include <tao/pegtl/contrib/analyze.hpp>\n"
                                                   '#include "duckdb.h"\n'}))

    def test_include_not_from_the_root(self):
        self.assertEqual(
            ["engine/parse/parse.cpp:1: no file parse.h; "
             "includes are written from the root of the repository"],
            self.faults({"engine/parse/parse.cpp": '#include "parse.h"\n'}))

    def test_outside_the_rooms(self):
        self.assertEqual(
            ["engine/base/number.cpp:1: tests/help.h is not in a room"],
            self.faults({"engine/base/number.cpp": '#include "tests/help.h"\n', "tests/help.h": ""}))

    def test_room_without_a_line(self):
        self.assertEqual(
            ["engine/extra/extra.h: no room extra in docs/architecture.md"],
            self.faults({"engine/extra/extra.h": ""}))

    def test_circle_in_the_table(self):
        table = TABLE.replace("| numbers | — |", "| numbers | parse |")
        self.assertEqual(
            ["docs/architecture.md: base knows parse: not a room above it, nor a library"],
            self.faults({}, table))

    def test_no_table(self):
        self.assertEqual(["docs/architecture.md: no table of rooms found"], self.faults({}, "gone"))


if __name__ == "__main__":
    unittest.main()
