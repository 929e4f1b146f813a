import { type ExpectedItem, payloadFor, sizeOf } from "./answers.ts";
import { perform } from "./model.ts";
import { type Asking, apply, type Outcome, Refusal } from "./outcome.ts";
import type { Message, Request } from "./requests.ts";
import { editionFor } from "./wire.ts";
import type { Person, World } from "./world.ts";

// A whole message: its header, then its items in order until one fails. KMIP 1.1 §4, §6, §7.

/** What the server chose by chance while it answered a message. */
export interface Chance {
  /** The identifier in the answer to the item at this place. */
  chosen(at: number): string | undefined;
  material(id: string): Uint8Array | undefined;
}

/** The answer that the model expects. */
export interface Expected {
  readonly items: readonly ExpectedItem[];
  /** The texts of a refusal may or may not make the answer too large: then this one may come instead. */
  readonly instead?: ExpectedItem;
}

const served = ([major]: Message["version"]) => major === 1;

/** The reason to refuse the message as a whole, in the order in which a server asks. */
function wholeFault({ version, fault, continuation }: Message): string | undefined {
  if (fault === "credential") return "AuthenticationNotSuccessful";
  if (!served(version)) return "InvalidMessage";
  if (continuation === "Continue" || continuation === "Undo") return "FeatureNotSupported";
  return undefined;
}

/** Whether Batch Count or the identifiers of the items are wrong. */
function isMiscounted({ fault, items }: Message): boolean {
  return fault === "count" || (items.length > 1 && fault !== undefined && fault !== "credential");
}

/** Runs a message on the world, which it changes. */
export function runMessage(
  world: World,
  { message, person }: { message: Message; person: Person },
  chance: Chance,
): Expected {
  const fault = wholeFault(message);
  const reasons = new Set(fault === undefined ? [] : [fault]);
  const counted = !isMiscounted(message);
  if (!counted && (fault === undefined || fault === "FeatureNotSupported")) {
    reasons.add("InvalidMessage");
  }
  if (reasons.size > 0) return { items: [{ op: undefined, batchId: undefined, reasons }] };
  return runItems(world, { message, person }, chance);
}

function runItems(
  world: World,
  { message, person }: { message: Message; person: Person },
  chance: Chance,
): Expected {
  const edition = editionFor(message.version);
  const items: ExpectedItem[] = [];
  let placeholder: string | undefined;
  for (const [at, request] of message.items.entries()) {
    const asking: Asking = {
      person,
      edition,
      placeholder,
      chosen: chance.chosen(at) ?? "?".repeat(24),
      material: chance.material,
    };
    const common = { op: request.op, batchId: batchIdOf(message, at) };
    const outcome = attempt(world, request, asking);
    if (outcome instanceof Refusal) {
      items.push({ ...common, reasons: outcome.reasons, ...maskOf(outcome, edition) });
      return closing(message, items);
    }
    items.push({ ...common, payload: payloadFor(request.op, outcome.answer, edition) });
    if (sizeOf(items, edition) > (message.maximumResponseSize ?? Number.POSITIVE_INFINITY)) {
      return { items: [tooLarge(message)] };
    }
    apply(world, outcome);
    if (outcome.placeholder !== undefined) {
      placeholder = outcome.placeholder === "none" ? undefined : outcome.placeholder;
    }
  }
  return { items };
}

function attempt(world: World, request: Request, asking: Asking): Outcome | Refusal {
  try {
    return perform(world, request, asking);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function maskOf({ mask }: Refusal, edition: number): Pick<ExpectedItem, "payload"> {
  return mask ? { payload: payloadFor("Check", { mask }, edition) } : {};
}

/** More than any text of a refusal takes. */
const textBytesMax = 2048;

function closing(message: Message, items: readonly ExpectedItem[]): Expected {
  const { maximumResponseSize } = message;
  if (maximumResponseSize === undefined) return { items };
  const size = sizeOf(items, editionFor(message.version));
  if (size > maximumResponseSize) return { items: [tooLarge(message)] };
  return size + textBytesMax > maximumResponseSize
    ? { items, instead: tooLarge(message) }
    : { items };
}

function tooLarge(message: Message): ExpectedItem {
  const alone = message.items.length === 1;
  return {
    op: alone ? message.items[0]?.op : undefined,
    batchId: alone ? batchIdOf(message, 0) : undefined,
    reasons: new Set(["ResponseTooLarge"]),
  };
}

function batchIdOf({ items, fault }: Message, at: number): Uint8Array | undefined {
  if (fault === "same id") return Uint8Array.of(0);
  return items.length > 1 ? Uint8Array.of(at) : undefined;
}
