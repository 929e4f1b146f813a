"""OpenStack's two KMIP clients: `life.py HOST PORT FOLDER VERSION`, where FOLDER holds ca.pem, cert.pem and key.pem.

Barbican's secret store makes, stores, fetches and deletes keys; Swift's keymaster fetches its root secret. Both stand on
PyKMIP, whose default version is 1.2. Prints a line for each step that held, and ends with a code other than 0 at the first
one that did not.
"""

import base64
import logging
import os
import sys

from barbican.plugin import kmip_secret_store
from barbican.plugin.interface import secret_store
from swift.common.middleware.crypto import kmip_keymaster

KEY = base64.b64encode(bytes([7]) * 32)
AES = secret_store.KeySpec(secret_store.KeyAlgorithm.AES, 256)


def main(host, port, folder, _version):
    os.chmod(f"{folder}/key.pem", 0o400)  # Barbican insists
    logging.disable(logging.CRITICAL)
    store = barbican(host, port, folder)
    made = store.generate_symmetric_key(AES)
    done("barbican-generate")
    stored = store.store_secret(secret_store.SecretDTO(secret_store.SecretType.SYMMETRIC, KEY, AES, "text/plain"))
    done("barbican-store")
    expect(fetch(store, stored), KEY)
    done("barbican-get")
    secrets = swift_root_secrets(host, port, folder, made["key_uuid"], stored["key_uuid"])
    expect(base64.b64encode(secrets["stored"]), KEY)
    expect(base64.b64encode(secrets[None]), fetch(store, made))
    done("swift-root-secrets")
    for key in (made, stored):
        store.delete_secret(key)
    done("barbican-delete")
    refused(lambda: fetch(store, made))
    done("barbican-refusal")
    refused(lambda: swift_root_secrets(host, port, folder, made["key_uuid"], stored["key_uuid"]))
    done("swift-refusal")


def barbican(host, port, folder):
    settings = {"host": host, "port": int(port), "ca_certs": f"{folder}/ca.pem"}
    settings |= {"certfile": f"{folder}/cert.pem", "keyfile": f"{folder}/key.pem"}
    for name, value in settings.items():
        kmip_secret_store.CONF.set_override(name, value, group="kmip_plugin")
    return kmip_secret_store.KMIPSecretStore(kmip_secret_store.CONF)


def fetch(store, key):
    return store.get_secret(secret_store.SecretType.SYMMETRIC, key).secret


def swift_root_secrets(host, port, folder, key_id, second_id):
    path = f"{folder}/keymaster.conf"
    with open(path, "w", encoding="utf8") as conf:
        conf.write(
            f"[kmip_keymaster]\nkey_id = {key_id}\nkey_id_stored = {second_id}\nhost = {host}\nport = {port}\n"
            f"certfile = {folder}/cert.pem\nkeyfile = {folder}/key.pem\nca_certs = {folder}/ca.pem\n"
        )
    build = kmip_keymaster.filter_factory({"__file__": path}, keymaster_config_path=path)
    return build(None)._root_secrets


def refused(ask):
    try:
        ask()
    except Exception as error:  # each client has its own kind
        expect("no object" in str(error) or "ItemNotFound" in str(error) or "ITEM_NOT_FOUND" in str(error), True)
    else:
        raise AssertionError("not refused")


def expect(got, wanted):
    if got != wanted:
        raise AssertionError(f"got {got}, not {wanted}")


def done(step):
    print(step, flush=True)


main(*sys.argv[1:])
