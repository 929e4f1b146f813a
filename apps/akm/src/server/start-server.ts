import type { Log } from "@akm/kmip-server";
import { actsOn } from "../acts/perform.ts";
import type { Closers } from "../closers.ts";
import type { Surroundings } from "../command-line/command.ts";
import type { GivenValue } from "../config/read-config.ts";
import { serveControl } from "../control/serve-control.ts";
import type { DataFolder } from "../folder/data-folder.ts";
import { serveHealth } from "../health.ts";
import { actedOn, type OpenInstallation, openInstallation } from "../installation/open.ts";
import { readSettings } from "../installation/read-settings.ts";
import { createLog } from "../log.ts";
import { type KmipListener, listenKmip } from "../wire.ts";
import { type Door, hostAndPort } from "./address.ts";
import { firstSteps } from "./first-steps.ts";
import { expiryNotes, mirrorNotes } from "./notes.ts";
import { startRounds } from "./rounds.ts";

const heartbeatMs = 60_000;

/** What to serve. */
export interface ServerRequest {
  readonly folder: DataFolder;
  readonly overrides: readonly GivenValue[];
  readonly hosts: readonly string[];
  readonly surroundings: Surroundings;
}

/**
 * Opens the installation and then every door, and says so in the line that begins with `ready`.
 *
 * @param closers  learns what has to be closed, whether the rest succeeds or not
 * @throws Failure
 */
export async function startServer(
  request: ServerRequest,
  closers: Closers,
): Promise<Pick<OpenInstallation, "databaseEnded">> {
  const { folder, overrides, hosts, surroundings } = request;
  const { now, print, self } = surroundings;
  const config = readSettings(folder, overrides);
  const log = createLog(config.log, surroundings);
  const opened = await openInstallation({ folder, config, hosts, now, log });
  closers.add(() => opened.close());
  beat(opened, { now, log, closers });
  closers.add(startRounds(opened.server.rollDue));

  const kmip = config.kmip.enable
    ? await listenKmip({ ...opened, certificates: folder.certificates, config, log, now })
    : undefined;
  if (kmip) closers.add(() => kmip.close());
  const reload = async () => kmip?.reload(readSettings(folder, overrides));
  const health = await serveHealth({
    ...config.admin,
    readiness: () => readinessOf(opened),
    notes: async () => [
      ...(await expiryNotes(folder.certificates, now())),
      ...(await mirrorNotes(opened.server.administration)),
    ],
  });
  closers.add(() => health.close());
  await openControl({ opened, reload, log, now, closers });
  surroundings.onReload(() => void reloading(reload, log));

  if (opened.isNew)
    for (const line of firstSteps({ folder, kmip: kmip ?? config.kmip, self })) print(line);
  print(readyLine(kmip, health));
  return opened;
}

async function reloading(reload: () => Promise<void>, log: Log): Promise<void> {
  try {
    await reload();
    log("info", "reload.done", {});
  } catch (error) {
    log("error", "reload.refused", { why: (error as Error).message });
  }
}

/** Shows in the lock's date that a server lives, so that a clock that falls back is seen at the next start. */
function beat({ lock }: OpenInstallation, { now, log, closers }: Beat): void {
  const touch = () => {
    try {
      lock.touch(now());
    } catch (error) {
      log("error", "lock.lost", { error });
    }
  };
  const timer = setInterval(touch, heartbeatMs);
  closers.add(() => clearInterval(timer));
}

interface Beat {
  readonly now: () => Date;
  readonly log: Log;
  readonly closers: Closers;
}

async function readinessOf({ store }: OpenInstallation) {
  const { ready, why } = await store.health();
  return { ready, reasons: why === undefined ? [] : [why] };
}

async function openControl(parts: {
  opened: OpenInstallation;
  reload: () => Promise<void>;
  log: Log;
  now: () => Date;
  closers: Closers;
}): Promise<void> {
  const { opened, reload, log, now, closers } = parts;
  const close = await serveControl(opened.folder.socket, {
    perform: actsOn(actedOn(opened, { now, reload })),
    onDefect: (error) => log("error", "control.fault", { error }),
  });
  closers.add(close);
}

function readyLine(kmip: KmipListener | undefined, health: Door): string {
  const open = kmip === undefined ? "off" : hostAndPort(kmip);
  return `ready kmip=${open} admin=${hostAndPort(health)}${httpsWord(kmip)} pid=${process.pid}`;
}

function httpsWord(kmip: KmipListener | undefined): string {
  if (kmip?.httpsPort === undefined) return "";
  return ` https=${hostAndPort({ address: kmip.address, port: kmip.httpsPort })}`;
}
