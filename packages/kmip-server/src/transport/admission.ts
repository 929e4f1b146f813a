import type { TransportLimits } from "./limits.ts";

/** A connection whose peer is known, as far as counting goes. */
export interface Guest {
  readonly address: string;
  /** SHA-256 of its certificate. */
  readonly fingerprint: string;
  drop(why: string): void;
}

/** Which connections stay. */
export interface Admission<G extends Guest> {
  /** Takes `guest` in, at the cost of the one longest idle where all places are taken; else says why not. */
  admit(guest: G): string | undefined;
  /** `guest` waits for a request, from now on. */
  idle(guest: G): void;
  /** `guest` is at work, and not to be cut. */
  busy(guest: G): void;
  leave(guest: G): void;
  readonly guests: ReadonlySet<G>;
}

/** An empty house. Handshakes are not counted here: who has shown no certificate takes no place from one who has. */
export function createAdmission<G extends Guest>(limits: TransportLimits): Admission<G> {
  const guests = new Set<G>();
  // In the order in which they became idle.
  const idle = new Set<G>();

  function leave(guest: G): void {
    guests.delete(guest);
    idle.delete(guest);
  }

  /** Why there is no room, after making some where that is allowed. */
  function makeRoom(): string | undefined {
    if (guests.size < limits.connectionsMax) return undefined;
    const [longest] = idle;
    if (longest === undefined) return `all ${guests.size} connections are at work`;
    leave(longest);
    longest.drop(`made room as the longest idle of ${limits.connectionsMax} connections`);
    return undefined;
  }

  return {
    admit(guest) {
      const full = crowdFault(guest, guests, limits) ?? makeRoom();
      if (full !== undefined) return full;
      guests.add(guest);
      idle.add(guest);
      return undefined;
    },
    idle(guest) {
      if (guests.has(guest)) idle.add(guest);
    },
    busy: (guest) => idle.delete(guest),
    leave,
    guests,
  };
}

function crowdFault(
  guest: Guest,
  guests: ReadonlySet<Guest>,
  {
    connectionsPerAddressMax: byAddress,
    connectionsPerCertificateMax: byCertificate,
  }: TransportLimits,
): string | undefined {
  if (count(guests, byAddress, (one) => one.address === guest.address) >= byAddress) {
    return `the address has ${byAddress} connections`;
  }
  if (
    count(guests, byCertificate, (one) => one.fingerprint === guest.fingerprint) >= byCertificate
  ) {
    return `the certificate has ${byCertificate} connections`;
  }
  return undefined;
}

/** Counts only where there is a limit to compare with. */
function count(
  guests: ReadonlySet<Guest>,
  max: number,
  matches: (guest: Guest) => boolean,
): number {
  return max === Number.POSITIVE_INFINITY ? 0 : [...guests].filter(matches).length;
}
