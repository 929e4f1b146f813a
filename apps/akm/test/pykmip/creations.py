"""Makes keys until the server is gone: `creations.py CONFIG_FILE PREFIX`.

Prints a line for what the server has acknowledged: `IDENTIFIER` for a creation, `IDENTIFIER BYTES` once the bytes are
known, which those of a registered key are from the start. A server whose database ends before it may refuse: that
ends the script as well, and its reason goes to standard error.
"""

import os
import sys

from kmip.core import enums
from kmip.pie.exceptions import KmipOperationFailure
from kmip.pie.objects import SymmetricKey
from kmip.services.kmip_protocol import RequestLengthMismatch

from peer import USAGE, connect

AES = enums.CryptographicAlgorithm.AES


def make(client, name):
    key = client.create(AES, 256, name=name, cryptographic_usage_mask=USAGE)
    print(key, flush=True)
    print(key, client.get(key).value.hex(), flush=True)


def register(client, name):
    given = os.urandom(32)
    key = client.register(SymmetricKey(AES, 256, given, USAGE, name))
    print(key, given.hex(), flush=True)


def main(config_file, prefix):
    made = 0
    try:
        with connect(config_file) as client:
            while True:
                for act in [make, register]:
                    made += 1
                    act(client, f"{prefix}-{made}")
    except (OSError, EOFError, RequestLengthMismatch, KmipOperationFailure) as ended:
        print(f"ended by {ended!r}", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
