import { type CommandLine, fetching, output, works } from "../run.ts";

const programs: readonly CommandLine[] = [
  ["ceph", "--version"],
  ["ceph-mon", "--version"],
  ["ceph-osd", "--version"],
  ["radosgw", "--version"],
];
const packages = ["ceph-common", "ceph-mon", "ceph-osd", "radosgw"];

/** Sees that Ceph is there; as root it is installed from Debian's packages. Gives its version, `undefined` where it cannot be had. */
export async function cephVersion(): Promise<string | undefined> {
  if (!(await isThere())) await install();
  if (!(await isThere())) return undefined;
  return (await output(["radosgw", "--version"])).trim();
}

async function isThere(): Promise<boolean> {
  for (const program of programs) if (!(await works(program))) return false;
  return true;
}

async function install(): Promise<void> {
  if (process.getuid?.() !== 0 || !(await works(["apt-get", "--version"]))) return;
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await fetching(["apt-get", "-qq", "update"]);
  await fetching(["apt-get", "-qq", "install", "-y", "--no-install-recommends", ...packages], {
    env,
  });
}
