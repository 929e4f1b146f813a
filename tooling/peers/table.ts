import { go, python, rust } from "./languages.ts";
import type { Peer } from "./peer.ts";

const peers: readonly Peer[] = [
  {
    name: "go-ovh",
    client: "ovh/kmip-go 0.8.1",
    language: go,
    versions: ["1.0", "1.1", "1.2", "1.4"],
    steps: words(
      "discover query create register locate get attributes modify activate re-key batch revoke destroy refusal",
    ),
  },
  {
    name: "go-gemalto",
    client: "gemalto/kmip-go 0.1.0",
    language: go,
    versions: ["1.0", "1.1", "1.2", "1.4"],
    steps: words(
      "discover query create register locate get attributes modify activate revoke destroy refusal",
    ),
  },
  {
    name: "python-pykmip",
    client: "PyKMIP 0.11.0",
    language: python,
    versions: ["1.0", "1.1", "1.2"],
    steps: words(
      "discover query create register locate get attributes activate re-key revoke destroy refusal",
    ),
  },
  {
    name: "python-cyphera",
    client: "cyphera-kmip 0.0.1a1",
    language: python,
    versions: ["1.4"],
    steps: words(
      "discover create locate get attributes modify check re-key malformed destroy refusal",
    ),
  },
  {
    name: "python-openstack",
    client: "Barbican 23.0.0 and Swift 2.38.3 on PyKMIP 0.11.0",
    language: python,
    versions: ["1.2"],
    steps: words(
      "barbican-generate barbican-store barbican-get swift-root-secrets barbican-delete barbican-refusal swift-refusal",
    ),
  },
  {
    name: "rust-nlnetlabs",
    client: "kmip-protocol 0.4.3",
    language: rust,
    versions: ["its own"],
    steps: words(
      "discover query create register locate get attributes modify rename activate revoke destroy refusal",
    ),
  },
  {
    name: "rust-cosmian",
    client: "cosmian_kmip 5.28.0",
    language: rust,
    versions: ["1.0", "1.1", "1.2", "1.4"],
    steps: words(
      "discover query create locate get attributes modify malformed activate revoke destroy refusal",
    ),
  },
];

/**
 * The clients of these names, all where none is given.
 *
 * @throws Error for a name that none has
 */
export function peersNamed(names: readonly string[]): readonly Peer[] {
  const unknown = names.filter((name) => !peers.some((peer) => peer.name === name));
  if (unknown.length > 0) {
    const known = peers.map(({ name }) => name);
    throw new Error(`no client ${unknown.join(", ")}; there are ${known.join(", ")}`);
  }
  return names.length === 0 ? peers : peers.filter(({ name }) => names.includes(name));
}

function words(text: string): readonly string[] {
  return text.split(" ");
}
