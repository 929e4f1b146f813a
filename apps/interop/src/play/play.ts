import { tags } from "@akm/kmip-model";
import { anyItem, decode, encode, type Item, TtlvError } from "@akm/ttlv";
import { type Bindings, createBindings } from "./bindings.ts";
import { buildItem, Unbound } from "./build.ts";
import type { Case, Step } from "./case.ts";
import { cleanUp } from "./clean-up.ts";
import { compare } from "./compare.ts";
import type { PlayedCase, PlayedStep, Players, Send } from "./played.ts";

/**
 * Plays a conversation, or its steps up to the one labelled `until`, and destroys what it has left behind.
 *
 * @throws whatever a client's `Send` throws where no answer comes  @throws Failure `case`
 */
export async function playCase(
  played: Case,
  players: Players,
  until?: string,
): Promise<PlayedCase> {
  const bindings = createBindings({
    run: players.run,
    startSeconds: Math.floor(players.now() / 1000),
    isWaiting: played.steps.some(({ isAwaited }) => isAwaited),
  });
  const steps: PlayedStep[] = [];
  try {
    for (const step of played.steps) {
      const playedStep = await playStep(step, players, bindings);
      steps.push(playedStep);
      if (playedStep.request === undefined || step.label === until) break;
    }
  } finally {
    await cleanUp(played.version, steps, sendOf(players, "A"));
  }
  return { case: played, steps };
}

function sendOf({ clients }: Players, letter: string): Send {
  const at = Math.min(letter.charCodeAt(0) - "A".charCodeAt(0), clients.length - 1);
  return clients[at] as Send;
}

/** How often a request is repeated at most. */
const repetitionsMax = 30;

async function playStep(step: Step, players: Players, bindings: Bindings): Promise<PlayedStep> {
  const { label } = step;
  let request: Item;
  try {
    request = buildItem(step.request, bindings);
  } catch (error) {
    if (!(error instanceof Unbound)) throw error;
    const difference = {
      path: "request",
      expected: "values from earlier answers",
      got: error.message,
    };
    return { label, request: undefined, answer: undefined, differences: [difference] };
  }
  let played = await ask(step, request, { players, bindings });
  for (let n = 0; step.isAwaited && played.differences.length > 0 && n < repetitionsMax; n++) {
    await players.pause();
    played = await ask(step, request, { players, bindings });
  }
  return played;
}

async function ask(
  { label, client, response }: Step,
  request: Item,
  { players, bindings }: { players: Players; bindings: Bindings },
): Promise<PlayedStep> {
  const bytes = await sendOf(players, client)(encode(request.tag, anyItem, request));
  try {
    const answer = decode(tags.ResponseMessage, anyItem, bytes);
    const nowSeconds = Math.floor(players.now() / 1000);
    const differences = compare(response, answer, { request, bindings, nowSeconds });
    return { label, request, answer, differences };
  } catch (error) {
    if (!(error instanceof TtlvError)) throw error;
    const difference = { path: "", expected: "a response message", got: error.message };
    return { label, request, answer: undefined, differences: [difference] };
  }
}
