"""The life of a key by PyKMIP: `life.py HOST PORT FOLDER VERSION`, where FOLDER holds ca.pem, cert.pem and key.pem.

Prints a line for each step that held, and ends with a code other than 0 at the first one that did not.
"""

import sys

from kmip.core import enums
from kmip.core.factories.attributes import AttributeFactory
from kmip.pie.client import ProxyKmipClient
from kmip.pie.exceptions import KmipOperationFailure
from kmip.pie.objects import SymmetricKey

MATERIAL = bytes([7]) * 16
MASK = [enums.CryptographicUsageMask.ENCRYPT, enums.CryptographicUsageMask.DECRYPT]
NAME = "python-pykmip"


def main(host, port, folder, version):
    client = ProxyKmipClient(
        hostname=host,
        port=int(port),
        cert=f"{folder}/cert.pem",
        key=f"{folder}/key.pem",
        ca=f"{folder}/ca.pem",
        kmip_version=enums.KMIPVersion[f"KMIP_{version.replace('.', '_')}"],
    )
    with client:
        live(client)


def live(client):
    expect([str(one) for one in client.proxy.discover_versions().protocol_versions], ["1.1", "1.0"])
    done("discover")
    queried = client.proxy.query(query_functions=[enums.QueryFunction.QUERY_OPERATIONS])
    expect(enums.Operation.REKEY in queried.operations, True)
    done("query")
    created = client.create(enums.CryptographicAlgorithm.AES, 256, name=NAME, cryptographic_usage_mask=MASK)
    done("create")
    registered = client.register(SymmetricKey(enums.CryptographicAlgorithm.AES, 128, MATERIAL, MASK))
    done("register")
    expect(client.locate(attributes=[name_attribute(NAME)]), [created])
    done("locate")
    expect(client.get(registered).value, MATERIAL)
    expect(len(client.get(created).value), 32)
    done("get")
    expect("Cryptographic Length" in client.get_attribute_list(created), True)
    expect(state_of(client, created), enums.State.PRE_ACTIVE)
    done("attributes")
    client.activate(created)
    expect(state_of(client, created), enums.State.ACTIVE)
    done("activate")
    replacement = client.rekey(created)
    expect(client.locate(attributes=[name_attribute(NAME)]), [replacement])
    done("re-key")
    refused(enums.ResultReason.PERMISSION_DENIED, lambda: client.destroy(created))
    for uid in (created, replacement):
        client.revoke(enums.RevocationReasonCode.CESSATION_OF_OPERATION, uid)
    done("revoke")
    for uid in (created, replacement, registered):
        client.destroy(uid)
    done("destroy")
    refused(enums.ResultReason.ITEM_NOT_FOUND, lambda: client.get(created))
    done("refusal")


def name_attribute(name):
    return AttributeFactory().create_attribute(enums.AttributeType.NAME, name)


def state_of(client, uid):
    _, attributes = client.get_attributes(uid, ["State"])
    return attributes[0].attribute_value.value


def refused(reason, ask):
    try:
        ask()
    except KmipOperationFailure as failure:
        expect(failure.reason, reason)
    else:
        raise AssertionError(f"not refused with {reason}")


def expect(got, wanted):
    if got != wanted:
        raise AssertionError(f"got {got}, not {wanted}")


def done(step):
    print(step, flush=True)


main(*sys.argv[1:])
