import { TtlvError } from "@akm/ttlv";

/** What `act` throws, as a plain object to compare: code, path and offset of a TtlvError. Anything else goes on. */
export function refusal(act: () => unknown): { code: string; path: string; offset: number } {
  try {
    act();
  } catch (caught) {
    if (!(caught instanceof TtlvError)) throw caught;
    const { code, path, offset } = caught;
    return { code, path, offset };
  }
  throw new Error("nothing was refused");
}
