"""Prints `IDENTIFIER BYTES` for each key whose identifier is a line of standard input: `fetch.py CONFIG_FILE`."""

import sys

from peer import connect


def main(config_file):
    with connect(config_file) as client:
        for line in sys.stdin:
            key = line.strip()
            print(key, client.get(key).value.hex())


if __name__ == "__main__":
    main(*sys.argv[1:])
