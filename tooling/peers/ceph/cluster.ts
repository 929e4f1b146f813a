import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "../../pykmip/free-port.ts";
import { type Companion, startCompanion } from "../child.ts";
import { type CommandLine, output } from "../run.ts";
import { type ClusterPlan, cephConf } from "./conf.ts";
import type { S3Endpoint } from "./s3.ts";

/** A Ceph cluster of one node with an S3 gateway. */
export interface Cluster {
  readonly s3: S3Endpoint;
  stop(): Promise<void>;
}

const keys = { accessKey: "drill", secretKey: "drill" };

/** Starts a cluster in `folder`, on loopback, whose gateway asks the akm at `kmipPort` for keys. */
export async function startCluster(
  folder: string,
  { kmipPort, certificates }: Pick<ClusterPlan, "kmipPort" | "certificates">,
): Promise<Cluster> {
  const [monitorPort, gatewayPort] = [await freePort(), await freePort()];
  const plan = { folder, id: randomUUID(), monitorPort, gatewayPort, kmipPort, certificates };
  mkdirSync(join(folder, "mon"), { recursive: true });
  mkdirSync(join(folder, "osd"));
  writeFileSync(join(folder, "ceph.conf"), cephConf(plan));
  const daemons: Companion[] = [];
  const stop = async () => {
    for (const daemon of daemons.reverse()) await daemon.stop();
  };
  const start = (name: string, ...line: CommandLine) =>
    daemons.push(startCompanion(line, join(folder, `${name}.err`), { env: environment(folder) }));
  try {
    await bringUp(plan, start);
  } catch (error) {
    await stop();
    throw error;
  }
  return { s3: { host: `127.0.0.1:${gatewayPort}`, ...keys }, stop };
}

async function bringUp(
  { folder, id, monitorPort, gatewayPort }: ClusterPlan,
  start: (name: string, ...line: CommandLine) => void,
): Promise<void> {
  const run = (...line: CommandLine) => output(line, { env: environment(folder) });
  const map = join(folder, "monmap");
  const monitor = `[v2:127.0.0.1:${monitorPort}]`;
  await run("monmaptool", "--create", "--fsid", id, "--addv", "a", monitor, map);
  await run("ceph-mon", "--mkfs", "-i", "a", "--monmap", map);
  start("mon", "ceph-mon", "-f", "-i", "a");
  const storage = randomUUID();
  await run("ceph", "osd", "new", storage);
  await run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", storage);
  start("osd", "ceph-osd", "-f", "-i", "0");
  const user = ["--uid=drill", "--display-name=drill"];
  const secrets = [`--access-key=${keys.accessKey}`, `--secret-key=${keys.secretKey}`];
  await run("radosgw-admin", "-n", "client.rgw", "user", "create", ...user, ...secrets);
  start("rgw", "radosgw", "-f", "-n", "client.rgw");
  await answering(`http://127.0.0.1:${gatewayPort}/`);
}

function environment(folder: string): Readonly<Record<string, string>> {
  return { CEPH_CONF: join(folder, "ceph.conf"), CEPH_ARGS: "" };
}

/** Waits until something answers there. */
async function answering(url: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (tries === 240) throw new Error(`nothing answers at ${url}`, { cause: error });
      await delay(250);
    }
  }
}
