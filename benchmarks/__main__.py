"""`make bench`, or `make bench only=start`: each benchmark starts what it needs on scratch data and ends with one line of JSON."""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys

import benchmarks


def main(chosen: list[str]) -> int:
    names = [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if not module.name.startswith("_")]
    if unknown := set(chosen) - set(names):
        print(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(names)}.", file=sys.stderr)
        return 2
    for name in chosen or names:
        print(f"-- {name}", file=sys.stderr, flush=True)
        figures = importlib.import_module(f"benchmarks.{name}").measure()
        print(json.dumps({"benchmark": name, **figures}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
