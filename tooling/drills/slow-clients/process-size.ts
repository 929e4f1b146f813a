import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** The memory of a process. Linux only, as is what follows. */
export function rssKiBOf(pid: number): number {
  const [, rss] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(rss);
}

/** The open files of a process that are ends of TCP connections at this port, the one that listens included. */
export function socketsAt(pid: number, port: number): number {
  const inodes = new Set(inodesAt(port));
  return filesOf(pid).filter((link) => inodes.has(/^socket:\[(\d+)\]$/.exec(link)?.[1])).length;
}

function inodesAt(port: number): readonly (string | undefined)[] {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  const rows = readFileSync("/proc/net/tcp", "utf8").split("\n");
  const fields = rows.map((row) => row.trim().split(/\s+/));
  return fields.filter(([, local]) => local?.endsWith(`:${hex}`)).map((row) => row[9]);
}

function filesOf(pid: number): readonly string[] {
  return readdirSync(`/proc/${pid}/fd`).map((file) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${file}`);
    } catch {
      return "gone";
    }
  });
}
