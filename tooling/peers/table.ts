import { go, type Peer } from "./peer.ts";

const peers: readonly Peer[] = [
  {
    name: "go-ovh",
    client: "ovh/kmip-go 0.8.1",
    missing: "there is no Go from 1.25.5 on here",
    kit: go,
    versions: ["1.0", "1.1", "1.2", "1.4"],
    steps: [
      "discover",
      "query",
      "create",
      "register",
      "locate",
      "get",
      "attributes",
      "modify",
      "activate",
      "re-key",
      "batch",
      "revoke",
      "destroy",
      "refusal",
    ],
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
