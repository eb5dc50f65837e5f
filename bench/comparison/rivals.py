"""Who is measured, and how each is built and called."""
import os
import platform
import shutil
from dataclasses import dataclass, field

import fetch
from process import Failed, run, say

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
WORK = os.path.join(ROOT, "build", "bench")
BUILD = os.path.join(ROOT, "build", "release")
RULES = os.path.join(ROOT, "bench", "scorecard", "manager.yaml")
FLAGS = ["-std=c++20", "-O3", "-march=native", "-DNDEBUG", f"-I{ROOT}"]


def built(name):
    return os.path.join(BUILD, "bench", name)


@dataclass
class Rival:
    """Commands are made from the data's files, threads and outputs; None: it has no such part."""
    name: str
    title: str
    prepare: callable = lambda: None
    compute: callable = None  # (data, threads, rounds, answers) -> command; prints seconds
    csv: callable = None      # (data, threads, out) -> command
    threads: tuple = (1, 2)
    rows: int = None          # at most so many, where it is slow
    rounds: int = 5
    answers: str = ".columns"
    environment: callable = lambda threads: {}


@dataclass
class Data:
    rows: int
    csv: str = field(init=False)
    columns: str = field(init=False)

    def __post_init__(self):
        stem = os.path.join(WORK, f"manager-{self.rows}")
        self.csv, self.columns = stem + ".csv", stem + ".columns"

    def make(self):
        if not (os.path.exists(self.csv) and os.path.exists(self.columns)):
            say(f"making {self.rows:,} rows")
            run([built("generate"), self.rows, self.csv, self.columns])


def build_all():
    """Steelyard, and what CMake knows."""
    try:
        run([os.path.join(ROOT, "scripts", "fetch-duckdb")])
    except Failed as error:
        say(f"DuckDB was not fetched, and is measured only where one is installed: {error}")
    say("building")
    run(["cmake", "--preset", "release"], folder=ROOT)
    run(["cmake", "--build", BUILD, "--target", "steelyard", "bench_programs"], folder=ROOT)


def compile_rival(name, sources, flags):
    """One program out of bench/rivals/, where it is older than its sources."""
    out = os.path.join(WORK, name)
    sources = [os.path.join(ROOT, "bench", "rivals", source) for source in sources]
    newest = max(os.path.getmtime(path) for path in [*sources, built("libbench_columns.a")])
    if not os.path.exists(out) or os.path.getmtime(out) < newest:
        say(f"compiling {name}")
        run(["g++", *FLAGS, *sources, "-o", out, built("libbench_columns.a"), *flags, "-pthread"])
    return out


def library(name, packages):
    """Flags for a library that is unpacked from Debian packages."""
    folder = fetch.debian(os.path.join(WORK, name), packages)
    libraries = os.path.join(folder, "usr", "lib", platform.machine() + "-linux-gnu")
    return [f"-isystem{folder}/usr/include", f"-L{libraries}", f"-Wl,-rpath,{libraries}"]


def make_muparser():
    compile_rival("muparser", ["muparser.cpp"],
                  library("muparser-library", ["libmuparser-dev", "libmuparser2v5"])
                  + ["-lmuparser"])


def make_sqlite():
    compile_rival("sqlite", ["sqlite.cpp"],
                  library("sqlite-library", ["libsqlite3-dev", "libsqlite3-0"]) + ["-lsqlite3"])


def make_luajit():
    flags = library("luajit-library", ["libluajit-5.1-dev", "libluajit-5.1-2",
                                       "libluajit-5.1-common"])
    include = flags[0] + "/luajit-2.1"
    compile_rival("luajit", ["luajit.cpp"], [include, *flags[1:], "-lluajit-5.1"])


def make_exprtk():
    header = fetch.npm_file(os.path.join(WORK, "exprtk-source"), "exprtk.js@2.2.1",
                            "deps/exprtk/exprtk.hpp")
    compile_rival("exprtk", ["exprtk.cpp"],
                  [f"-isystem{os.path.dirname(header)}", "-Dexprtk_disable_string_capabilities",
                   "-Dexprtk_disable_rtl_io_file"])


def make_node(script, packages):
    if shutil.which("node") is None:
        raise Failed("there is no Node.js here")
    folder = fetch.npm(os.path.join(WORK, "node"), packages)
    shutil.copy(os.path.join(ROOT, "bench", "rivals", script), folder)


def make_polars():
    machine = {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    make_node("polars.mjs", ["nodejs-polars@0.26.1", f"nodejs-polars-linux-{machine}-gnu@0.26.1"])
    run(["node", "polars.mjs"], folder=os.path.join(WORK, "node"))


def make_zen():
    make_node("zen.mjs", ["@gorules/zen-engine@0.54.0"])


def node(script):
    return ["node", os.path.join(WORK, "node", script)]


def columns_program(path):
    return lambda data, threads, rounds, answers: [path, "compute", data.columns, threads, rounds,
                                                   *answers]


def csv_program(path):
    return lambda data, threads, out: [path, "csv", data.csv, out, threads]


def need(path):
    def check():
        if not os.path.exists(path):
            raise Failed(f"{os.path.basename(path)} is not built")
    return check


STEELYARD = os.path.join(BUILD, "steelyard")
ALL = [
    Rival("steelyard", "Steelyard",
          compute=lambda data, threads, rounds, answers: [
              built("compute"), RULES, data.csv, threads, rounds, *answers],
          csv=lambda data, threads, out: [STEELYARD, "score", RULES, "--data", data.csv, "-o", out,
                                          "--threads", threads, "--quiet", "--no-receipt"]),
    Rival("loops", "C++ in plain loops", need(built("loops")), columns_program(built("loops"))),
    Rival("handwritten", "hand-written C++", need(built("handwritten")),
          columns_program(built("handwritten")), csv_program(built("handwritten"))),
    Rival("duckdb", "DuckDB", need(built("duckdb")), columns_program(built("duckdb")),
          csv_program(built("duckdb")), rounds=3),
    Rival("polars", "Polars", make_polars,
          lambda data, threads, rounds, answers: [
              *node("polars.mjs"), "compute", data.csv, threads, rounds, *answers],
          lambda data, threads, out: [*node("polars.mjs"), "stream", data.csv, out],
          rounds=3, answers=".csv",
          environment=lambda threads: {"POLARS_MAX_THREADS": str(threads)}),
    Rival("luajit", "LuaJIT over columns", make_luajit,
          columns_program(os.path.join(WORK, "luajit"))),
    Rival("luajit-rows", "LuaJIT by row", make_luajit,
          lambda data, threads, rounds, answers: [
              os.path.join(WORK, "luajit"), "rows", data.columns, threads, rounds, *answers],
          threads=(1,), rounds=2),
    Rival("exprtk", "ExprTk", make_exprtk, columns_program(os.path.join(WORK, "exprtk")),
          rounds=2),
    Rival("muparser", "muParser", make_muparser, columns_program(os.path.join(WORK, "muparser")),
          rounds=2),
    Rival("sqlite", "SQLite", make_sqlite, columns_program(os.path.join(WORK, "sqlite")),
          threads=(1,), rounds=1),
    Rival("zen", "ZEN", make_zen,
          lambda data, threads, rounds, answers: [
              *node("zen.mjs"), "compute", data.csv, threads, rounds, *answers],
          threads=(1,), rows=20_000, rounds=1, answers=".csv"),
]
