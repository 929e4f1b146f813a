import { defaultTransportLimits, listen, silent } from "@akm/kmip-server";
import { makePki, type TestPki } from "@akm/pki/testing";
import { houseServer } from "./house.ts";

/** A server in memory that listens on loopback. */
export interface HouseOnTls {
  readonly pki: TestPki;
  readonly port: number;
  close(): Promise<void>;
}

/** Starts one, with certificates of its own. */
export async function startHouse(): Promise<HouseOnTls> {
  const pki = await makePki(new Date());
  const server = houseServer(Date.now);
  const listener = await listen({
    address: "127.0.0.1",
    port: 0,
    certificates: [pki.server],
    trust: [
      {
        certificatePem: pki.authority.certificatePem,
        commonNames: ["*"],
        organizationalUnits: ["*"],
        administrators: false,
      },
    ],
    answer: server.answer,
    refuse: server.refuse,
    log: silent,
    // Player and server share this process: while cases are read, the server cannot look at its sockets.
    limits: { ...defaultTransportLimits, loopLagMs: 60_000 },
  });
  return { pki, port: listener.port, close: () => listener.close(0) };
}
