/** How often the parent is looked for, in milliseconds: npm ends within that time after its child. */
const lookMs = 250;

/**
 * Aborts when this process is told to stop: by SIGTERM or SIGHUP, or by the end of its parent, since a
 * signal sent to npm may end only the shell between npm and this process.
 *
 * @param {NodeJS.Process} self
 * @returns {AbortSignal}
 */
export function stopSignal(self) {
  const stop = new AbortController();
  const parent = self.ppid;
  const look = setInterval(() => self.ppid !== parent && stop.abort(), lookMs);
  look.unref();
  for (const name of ["SIGTERM", "SIGHUP"]) self.on(name, () => stop.abort());
  return stop.signal;
}
