"""Every script here recomputes the figures of a reference file. Without arguments it reports the largest difference and ends with 1 where
one is too large; with --write it writes its own figures into the file."""
import json
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent.parent


def load(name):
    return json.loads((FOLDER / name).read_text())


def finish(name, data, worst, allowed):
    for part, difference in worst.items():
        print(f"{name}: {part}: largest difference {difference:.2g}, allowed {allowed[part]:.2g}")
    if "--write" in sys.argv:
        (FOLDER / name).write_text(json.dumps(data, indent=1) + "\n")
    sys.exit(any(worst[part] > allowed[part] for part in worst))
