#!/usr/bin/env python3
"""Runs the recipes in examples/ci and .pre-commit-hooks.yaml in git repositories made for it.

Usage: recipes.py STEELYARD

Each shell step of the workflow files is run as a CI server would, except the one that installs the
program; `gh` and `curl` are stand-ins that keep what they are given. Every step is tried with good
rules, which it must pass, and with rules that are wrong in the way it is there to find.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RECIPES = ROOT / "examples" / "ci"
STEELYARD = ""

TESTS = """\
tests: team.yaml
cases:
  - name: half of the revenue from strategic customers
    period: 2026Q1
    values: {attainment: 80%, strategic_share: 50%}
    expect: {score: 76, grade: B}
"""


def block(lines, at, indent):
    """The lines from `at` on that are indented deeper than `indent`, without their indentation."""
    body = []
    for line in lines[at:]:
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        body.append(line)
    margin = min(len(line) - len(line.lstrip()) for line in body if line.strip())
    return "\n".join(line[margin:] for line in body).strip() + "\n"


def scalar(lines, at, indent, text):
    return block(lines, at + 1, indent) if text == "|" else text + "\n"


def github_steps(path):
    """Name and shell text of each `run:` step."""
    lines = path.read_text(encoding="utf-8").splitlines()
    steps, name = {}, None
    for at, line in enumerate(lines):
        if named := re.match(r"\s*- name: (.*)", line):
            name = named[1]
        if run := re.match(r"(\s*)run: (.*)", line):
            steps[name] = scalar(lines, at, len(run[1]), run[2])
    return steps


def gitlab_scripts(path):
    """Job and shell texts of its `script:`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    jobs, job, inside = {}, None, None
    for at, line in enumerate(lines):
        if top := re.match(r"([\w-]+):\s*$", line):
            job, inside = top[1], None
        if key := re.match(r"  (\w+):", line):
            inside = key[1]
        item = re.match(r"(    )- (.*)", line)
        if item and inside == "script":
            jobs.setdefault(job, []).append(scalar(lines, at, len(item[1]), item[2]))
    return jobs


def hooks(path):
    """Id, and what each hook runs."""
    found = []
    for part in re.split(r"(?m)^- ", path.read_text(encoding="utf-8"))[1:]:
        keys = dict(re.findall(r"(?m)^ *(\w+): (.*)$", "  " + part))
        args = re.findall(r"[\w/.]+", keys.get("args", ""))
        found.append((keys["id"], shlex.split(keys["entry"]) + args, keys["files"],
                      keys.get("pass_filenames") != "false"))
    return found


class Repository(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        tools = self.folder / "tools"
        tools.mkdir()
        for name in ("gh", "curl"):
            tool = tools / name
            # A comment that is to be changed is not there the first time.
            tool.write_text("#!/bin/sh\n"
                            'case "$*" in *--edit-last*) exit 1 ;; esac\n'
                            f'echo "{name} $*" >> "$KEPT/calls"\n'
                            'cat comment.md >> "$KEPT/comment"\n', encoding="utf-8")
            tool.chmod(0o755)
        (tools / "steelyard").symlink_to(STEELYARD)
        self.home = self.folder / "repository"
        self.home.mkdir()
        self.environment = {
            "PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(self.folder), "LC_ALL": "C.UTF-8",
            "KEPT": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
            "RULES": "rules", "DATA": "data", "COVERAGE": "15", "NUMBER": "7",
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "CI_API_V4_URL": "https://git.example.org/api/v4", "CI_PROJECT_ID": "3",
            "CI_MERGE_REQUEST_IID": "7", "STEELYARD_TOKEN": "secret",
        }
        self.rules = self.home / "rules"
        self.rules.mkdir()
        shutil.copy(ROOT / "docs/team/team.yaml", self.rules / "team.yaml")
        shutil.copytree(ROOT / "docs/team/data", self.home / "data")
        (self.rules / "team.test.yaml").write_text(TESTS, encoding="utf-8")
        (self.home / "ci").mkdir()
        shutil.copy(RECIPES / "compare", self.home / "ci" / "compare")
        self.passes("steelyard fmt --quiet rules")
        self.passes("git init -q -b main && git add . && git commit -q -m first")
        self.environment["BASE"] = self.passes("git rev-parse HEAD").strip()
        self.environment["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = self.environment["BASE"]

    def run_shell(self, text):
        return subprocess.run(["bash", "-e", "-o", "pipefail", "-c", text], cwd=self.home,
                              env=self.environment, capture_output=True, text=True, check=False)

    def passes(self, text):
        done = self.run_shell(text)
        self.assertEqual(done.returncode, 0, f"{text}\n{done.stdout}{done.stderr}")
        return done.stdout

    def fails(self, text, word):
        done = self.run_shell(text)
        self.assertNotEqual(done.returncode, 0, text)
        self.assertIn(word, done.stdout + done.stderr)

    def change(self, old, new, name="team.yaml"):
        path = self.rules / name
        text = path.read_text(encoding="utf-8")
        self.assertIn(old, text)
        path.write_text(text.replace(old, new), encoding="utf-8")

    def misspell(self):
        self.change("revenue ÷ target", "revenu ÷ target")

    def shift(self):
        """Rules that are right, in another layout."""
        self.change("scorecard: team", "scorecard:     team")

    def expect_otherwise(self):
        self.change("grade: B", "grade: S", "team.test.yaml")

    def reweigh(self):
        self.change("attainment: 60%", "attainment: 70%")
        self.change("strategic_share: 40%", "strategic_share: 30%")
        self.change("score: 76", "score: 72", "team.test.yaml")
        self.passes("git add . && git commit -q -m change")

    def kept(self, name):
        path = self.folder / name
        return path.read_text(encoding="utf-8") if path.exists() else ""


class Github(Repository):
    def setUp(self):
        super().setUp()
        self.steps = github_steps(RECIPES / "github.yaml")

    def test_steps(self):
        self.assertEqual(list(self.steps),
                         ["Install steelyard", "Check", "Layout", "Test", "Tell what changes"])

    def test_good_rules_pass(self):
        for name in ("Check", "Layout", "Test", "Tell what changes"):
            self.passes(self.steps[name])
        self.assertIn('failures="0"', (self.home / "tests-of-rules.xml").read_text("utf-8"))
        self.assertEqual(self.kept("calls"), "", "nothing changed, so nothing is to be said")

    def test_wrong_rules_fail(self):
        self.misspell()
        self.fails(self.steps["Check"], "SY0203")
        self.fails(self.steps["Test"], "SY0203")

    def test_other_layout_fails(self):
        self.shift()
        self.passes(self.steps["Check"])
        self.fails(self.steps["Layout"], "team.yaml")

    def test_failing_case_fails(self):
        self.expect_otherwise()
        self.fails(self.steps["Test"], "1 failed")
        self.assertIn("<failure", (self.home / "tests-of-rules.xml").read_text("utf-8"))

    def test_too_little_reached_fails(self):
        self.environment["COVERAGE"] = "99"
        self.fails(self.steps["Test"], "less than 99%")

    def test_change_is_told(self):
        self.reweigh()
        self.passes(self.steps["Tell what changes"])
        self.assertEqual(self.kept("calls"), "gh pr comment 7 --body-file comment.md\n")
        self.assertIn("70%", self.kept("comment").replace(" %", "%"))
        self.assertEqual(self.kept("comment"), self.kept("summary"))

    def test_new_and_deleted_cards_are_told(self):
        self.passes("git mv rules/team.yaml rules/group.yaml && git commit -q -m rename")
        self.passes(self.steps["Tell what changes"])
        self.assertIn("## rules/group.yaml\n\nNew.", self.kept("comment"))
        self.assertIn("## rules/team.yaml\n\nDeleted.", self.kept("comment"))

    def test_unknown_base_is_no_empty_comment(self):
        for base in ("0123456789", "''"):
            self.fails(f"sh ci/compare {base} > comment.md", "")

    def test_broken_card_is_no_empty_comment(self):
        self.misspell()
        self.fails(self.steps["Tell what changes"], "SY0203")


class Gitlab(Repository):
    def setUp(self):
        super().setUp()
        self.jobs = gitlab_scripts(RECIPES / "gitlab.yaml")

    def run_job(self, name):
        return "\n".join(self.jobs[name])

    def test_good_rules_pass(self):
        self.assertEqual(list(self.jobs), ["rules", "what-changes"])
        for name in self.jobs:
            self.passes(self.run_job(name))
        self.assertEqual(self.kept("calls"), "")

    def test_bad_rules_fail(self):
        for spoil, word in ((self.misspell, "SY0203"), (self.shift, "team.yaml"),
                            (self.expect_otherwise, "1 failed")):
            self.passes("git checkout -q .")
            spoil()
            self.fails(self.run_job("rules"), word)

    def test_change_is_told(self):
        self.reweigh()
        self.passes(self.run_job("what-changes"))
        self.assertIn("/projects/3/merge_requests/7/notes", self.kept("calls"))
        self.assertIn("70%", self.kept("comment").replace(" %", "%"))


class Hook(Repository):
    def setUp(self):
        super().setUp()
        hook = self.home / ".git/hooks/pre-commit"
        hook.parent.mkdir(exist_ok=True)
        shutil.copy(RECIPES / "pre-commit", hook)
        hook.chmod(0o755)

    def test_good_commit(self):
        self.reweigh()

    def test_bad_commits(self):
        for spoil, word in ((self.misspell, "SY0203"), (self.shift, "team.yaml"),
                            (self.expect_otherwise, "1 failed")):
            self.passes("git reset -q --hard")
            spoil()
            self.fails("git commit -q -a -m bad", word)
            self.assertEqual(self.passes("git rev-parse HEAD").strip(), self.environment["BASE"])

    def test_what_is_staged_counts(self):
        self.misspell()
        self.passes("git add . && git show HEAD:rules/team.yaml > rules/team.yaml")
        self.fails("git commit -q -m bad", "SY0203")

    def test_what_is_not_staged_does_not_count(self):
        self.misspell()
        self.passes("echo > note.txt && git add note.txt && git commit -q -m note")

    def test_all_rules_deleted(self):
        self.passes("git rm -q -r rules && git commit -q -m none")


class PreCommit(Repository):
    def test_hooks(self):
        for name, command, pattern, with_files in hooks(ROOT / ".pre-commit-hooks.yaml"):
            files = [f for f in self.passes("git ls-files").split() if re.search(pattern, f)]
            self.assertEqual(files, ["rules/team.test.yaml", "rules/team.yaml"])
            text = shlex.join(command + (files if with_files else []))
            self.passes("git checkout -q .")
            self.passes(text)
            spoil = {"steelyard-check": self.misspell, "steelyard-fmt": self.shift,
                     "steelyard-test": self.expect_otherwise}[name]
            spoil()
            self.fails(text, {"steelyard-check": "SY0203", "steelyard-fmt": "team.yaml",
                              "steelyard-test": "1 failed"}[name])


if __name__ == "__main__":
    STEELYARD = str(Path(sys.argv.pop(1)).resolve())
    for needed, option in (("fmt", "--check"), ("diff", "--data"), ("check", "github")):
        told = subprocess.run([STEELYARD, needed, "--help"], capture_output=True, text=True, check=False)
        if told.returncode or option not in told.stdout:
            print(f"not tried: this program has no `{needed}` with `{option}`")
            sys.exit(77)
    unittest.main()
