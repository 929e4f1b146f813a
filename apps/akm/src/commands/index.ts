import type { Command } from "../command-line/command.ts";
import { certIssue, certList, certRenew, certRevoke } from "./certificates.ts";
import { init } from "./init.ts";
import { keyGrant, keyList, keyShow, keyUngrant } from "./keys.ts";
import { serve } from "./serve.ts";

/** Every command, in the order of help. */
export const commands: readonly Command[] = [
  init,
  serve,
  certIssue,
  certList,
  certRenew,
  certRevoke,
  keyList,
  keyShow,
  keyGrant,
  keyUngrant,
];
