"""The life of keys as PyKMIP asks for it: `life.py CONFIG_FILE VERSION`.

Each step's name is printed once it has held; the first one that does not ends the script with its traceback.
"""

import sys

from kmip.core import enums
from kmip.pie.objects import SymmetricKey

from peer import USAGE, attribute, connect, expect, refused

AES = enums.CryptographicAlgorithm.AES
UNKNOWN = "A" * 24


def create(client, names):
    """Gives the identifier of a key of the first name."""
    key = client.create(AES, 256, name=names[0], cryptographic_usage_mask=USAGE)
    expect(len(key), 24)
    with refused("INVALID_FIELD"):
        client.create(AES, 256, name=names[0], cryptographic_usage_mask=USAGE)
    return key


def locate(client, key, names):
    filters = {
        "NAME": names[0],
        "UNIQUE_IDENTIFIER": key,
        "OBJECT_TYPE": enums.ObjectType.SYMMETRIC_KEY,
        "CRYPTOGRAPHIC_ALGORITHM": AES,
        "CRYPTOGRAPHIC_LENGTH": 256,
        "CRYPTOGRAPHIC_USAGE_MASK": USAGE[:1],
        "STATE": enums.State.PRE_ACTIVE,
        "INITIAL_DATE": value(client, key, "Initial Date"),
    }
    for kind, wanted in filters.items():
        assert key in client.locate(attributes=[attribute(kind, wanted)]), f"by {kind}"
    together = [attribute(kind, wanted) for kind, wanted in filters.items()]
    expect(client.locate(attributes=together), [key])
    expect(client.locate(attributes=together, storage_status_mask=2), [])
    expect(client.locate(attributes=together, offset_items=1), [])
    expect(len(client.locate(maximum_items=1)), 1)
    made = filters["INITIAL_DATE"]
    for first, last, found in [(made - 1, made + 1, [key]), (made + 1, made + 9, [])]:
        dates = [attribute("INITIAL_DATE", each) for each in [first, last]]
        expect(client.locate(attributes=together[:1] + dates), found)
    expect(client.locate(attributes=[attribute("NAME", "nobody's")]), [])
    for unknown in [
        {"attributes": [attribute("CERTIFICATE_TYPE", enums.CertificateType.X_509)]},
        {"object_group_member": enums.ObjectGroupMember.GROUP_MEMBER_FRESH},
    ]:
        with refused("INVALID_FIELD"):
            client.locate(**unknown)


def get(client, key):
    fetched = client.get(key)
    expect((fetched.cryptographic_algorithm, fetched.cryptographic_length), (AES, 256))
    expect(len(fetched.value), 32)
    expect(client.get(key).value, fetched.value)


def attributes(client, key, names):
    listed = client.get_attribute_list(key)
    for name in ["Cryptographic Algorithm", "Digest", "Initial Date", "Name", "State", "y-Key Name"]:
        assert name in listed, f"{name} is not in {listed}"
    asked, values = client.get_attributes(key, ["Name", "State", "Cryptographic Length"])
    expect(asked, key)
    expect(sorted(each.attribute_name.value for each in values),
           ["Cryptographic Length", "Name", "State"])
    expect(value(client, key, "Name").name_value.value, names[0])
    expect(value(client, key, "Cryptographic Length"), 256)


def change_attributes(client, key, names):
    client.modify_attribute(unique_identifier=key, attribute=attribute("NAME", names[1], 0))
    expect(client.locate(attributes=[attribute("NAME", names[0])]), [])
    expect(client.locate(attributes=[attribute("NAME", names[1])]), [key])
    client.modify_attribute(unique_identifier=key, attribute=attribute("NAME", names[0], 0))
    with refused("PERMISSION_DENIED"):
        client.delete_attribute(unique_identifier=key, attribute_name="Name", attribute_index=0)
    with refused("PERMISSION_DENIED"):
        change = attribute("CRYPTOGRAPHIC_LENGTH", 128)
        client.modify_attribute(unique_identifier=key, attribute=change)


def activate(client, key):
    with refused("PERMISSION_DENIED"):
        client.check(key, cryptographic_usage_mask=USAGE)
    client.activate(key)
    expect(value(client, key, "State"), enums.State.ACTIVE)
    expect(client.check(key, cryptographic_usage_mask=USAGE), key)
    for ask in [client.activate, client.destroy]:
        with refused("PERMISSION_DENIED"):
            ask(key)


def re_key(client, key, names):
    """Gives the replacement."""
    replacement = client.rekey(key, offset=0)
    expect(client.locate(attributes=[attribute("NAME", names[0])]), [replacement])
    expect(value(client, replacement, "State"), enums.State.ACTIVE)
    assert client.get(replacement).value != client.get(key).value, "the same bytes"
    with refused("PERMISSION_DENIED"):
        client.rekey(key)
    return replacement


def revoke(client, key):
    client.revoke(enums.RevocationReasonCode.CESSATION_OF_OPERATION, key, "not used any more")
    expect(value(client, key, "State"), enums.State.DEACTIVATED)
    expect(len(client.get(key).value), 32)
    with refused("ILLEGAL_OPERATION"):
        client.revoke(enums.RevocationReasonCode.CESSATION_OF_OPERATION, key)


def compromise(client, key):
    client.revoke(enums.RevocationReasonCode.KEY_COMPROMISE, key, compromise_occurrence_date=6)
    expect(value(client, key, "State"), enums.State.COMPROMISED)


def destroy(client, key):
    client.destroy(key)
    for ask in [client.get, client.activate, client.destroy, client.get_attribute_list]:
        with refused("ITEM_NOT_FOUND"):
            ask(key)


def register(client, names):
    """Gives the identifier of a registered key with two names, of which the second one is deleted again."""
    given = SymmetricKey(AES, 128, bytes(range(16)), USAGE, names[2])
    given.names.append(names[3])
    given.operation_policy_name = "default"
    key = client.register(given)
    expect(value(client, key, "Operation Policy Name"), "default")
    assert key in client.locate(attributes=[attribute("OPERATION_POLICY_NAME", "default")])
    expect(client.get(key).value, bytes(range(16)))
    expect(client.locate(attributes=[attribute("NAME", names[3])]), [key])
    client.delete_attribute(unique_identifier=key, attribute_name="Name", attribute_index=1)
    expect(client.locate(attributes=[attribute("NAME", names[3])]), [])
    return key


def ask_for_what_is_not_there(client):
    for ask in [client.get, client.activate, client.destroy, client.rekey]:
        with refused("ITEM_NOT_FOUND"):
            ask(UNKNOWN)
    with refused("OPERATION_NOT_SUPPORTED"):
        client.create_key_pair(enums.CryptographicAlgorithm.RSA, 2048)
    with refused("INVALID_FIELD"):
        client.create(AES, 100, cryptographic_usage_mask=USAGE)


def value(client, key, name):
    """The one value of an attribute."""
    _, [found] = client.get_attributes(key, [name])
    return getattr(found.attribute_value, "value", found.attribute_value)


def main(config_file, version):
    names = [f"life-{version}-{each}" for each in ["first", "renamed", "registered", "second"]]

    def step(act, *given):
        result = act(client, *given)
        print(act.__name__, flush=True)
        return result

    with connect(config_file, version) as client:
        key = step(create, names)
        step(locate, key, names)
        step(get, key)
        step(attributes, key, names)
        step(change_attributes, key, names)
        step(activate, key)
        replacement = step(re_key, key, names)
        step(revoke, key)
        step(compromise, replacement)
        step(destroy, key)
        step(destroy, replacement)
        step(destroy, step(register, names))
        step(ask_for_what_is_not_there)


if __name__ == "__main__":
    main(*sys.argv[1:])
