"""The life of a key by cyphera-kmip: `life.py HOST PORT FOLDER VERSION`, where FOLDER holds ca.pem, cert.pem and key.pem.

The client always sends 1.4. Four of its requests are not what KMIP 1.4 says, and akm refuses them (`malformed`): Query names
no function, Delete Attribute has an Attribute structure in place of the name, Revoke's reason bears other tags, Register has the
Template-Attribute behind the key. As it cannot revoke, it activates nothing. Prints a line for each step that held, and ends
with a code other than 0 at the first one that did not.
"""

import sys

from cyphera_kmip import KmipClient
from cyphera_kmip.operations import KmipError
from cyphera_kmip.tags import Algorithm, ObjectType

NAME = "python-cyphera"
OPERATION_FAILED = 1
CESSATION_OF_OPERATION = 6


def main(host, port, folder, _version):
    client = KmipClient(
        host,
        port=int(port),
        client_cert=f"{folder}/cert.pem",
        client_key=f"{folder}/key.pem",
        ca_cert=f"{folder}/ca.pem",
    )
    try:
        live(client)
    finally:
        client.close()


def live(client):
    versions = client.discover_versions()["versions"]
    expect([(one["major"], one["minor"]) for one in versions], [(1, 1), (1, 0)])
    done("discover")
    created = client.create(NAME, "AES", 256)["unique_identifier"]
    done("create")
    expect(client.locate(NAME), [created])
    done("locate")
    expect(len(client.fetch_key(NAME)), 32)
    expect(client.get(created)["key_material"], client.fetch_key(NAME))
    done("get")
    expect("Cryptographic Length" in client.get_attribute_list(created), True)
    done("attributes")
    client.add_attribute(created, "x-rack", "7")
    client.modify_attribute(created, "x-rack", "8")
    done("modify")
    client.check(created)
    done("check")
    replacement = client.re_key(created)["unique_identifier"]
    expect(client.locate(NAME), [replacement])
    done("re-key")
    key = bytes([7]) * 16
    refused(client.query)
    refused(client.delete_attribute, created, "x-rack")
    refused(client.revoke, created, CESSATION_OF_OPERATION)
    refused(client.register, ObjectType.SymmetricKey, key, NAME, Algorithm.AES, 128)
    done("malformed")
    for uid in (created, replacement):
        client.destroy(uid)
    done("destroy")
    refused(client.get, created)
    done("refusal")


def refused(ask, *arguments):
    try:
        ask(*arguments)
    except KmipError as error:
        # The client looks for the reason under another tag, so it has none.
        expect(error.result_status, OPERATION_FAILED)
    else:
        raise AssertionError("not refused")


def expect(got, wanted):
    if got != wanted:
        raise AssertionError(f"got {got}, not {wanted}")


def done(step):
    print(step, flush=True)


main(*sys.argv[1:])
