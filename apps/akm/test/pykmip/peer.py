"""A client of PyKMIP 0.10, and what the scripts beside this one ask of it."""

import contextlib
import logging

from kmip.core import enums
from kmip.core import exceptions as core_exceptions
from kmip.core.factories.attributes import AttributeFactory
from kmip.pie import exceptions
from kmip.pie.client import ProxyKmipClient

# PyKMIP logs with a stack what is only an answer here.
logging.disable(logging.CRITICAL)

USAGE = [enums.CryptographicUsageMask.ENCRYPT, enums.CryptographicUsageMask.DECRYPT]


def connect(config_file, version="1.2"):
    """A client to use as a context; `version` is 1.0, 1.1 or 1.2."""
    spoken = enums.KMIPVersion["KMIP_" + version.replace(".", "_")]
    return ProxyKmipClient(config_file=config_file, kmip_version=spoken)


def attribute(kind, value, index=None):
    """An attribute by the name that PyKMIP has for its kind."""
    return AttributeFactory().create_attribute(enums.AttributeType[kind], value, index)


def expect(actual, expected):
    """Both are the same, else an AssertionError with both of them."""
    assert actual == expected, f"expected {expected!r}, not {actual!r}"


@contextlib.contextmanager
def refused(reason):
    """What is done in it is refused for `reason`, with a message."""
    try:
        yield
    except (exceptions.KmipOperationFailure, core_exceptions.OperationFailure) as failure:
        expect(failure.reason.name, reason)
        assert str(failure.args), "a refusal without a message"
        return
    raise AssertionError(f"was not refused: expected {reason}")
