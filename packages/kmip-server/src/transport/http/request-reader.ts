import { createGatherer, type Gatherer } from "@akm/ttlv";
import type { FramedRequest } from "../framing.ts";
import type { HttpFault } from "./fault.ts";
import { type Head, readHead } from "./head.ts";
import { createHeadReader } from "./head-reader.ts";

interface Body {
  readonly head: Head;
  readonly gatherer: Gatherer;
}

/** Cuts requests out of a stream of chunks. Its work is linear in the bytes, however they are cut. */
export class RequestReader {
  readonly #bodyBytesMax: number;
  readonly #heads = createHeadReader();
  #body: Body | undefined;
  #pending = 0;
  #fault: HttpFault | undefined;
  #isExpecting = false;
  #isOver = false;

  constructor(bodyBytesMax: number) {
    this.#bodyBytesMax = bodyBytesMax;
  }

  /** Bytes of the unfinished request, its head included. */
  get pending(): number {
    return this.#pending;
  }

  /** Why no further request will come. */
  get fault(): HttpFault | undefined {
    return this.#fault;
  }

  /** The requests that this chunk completes; none behind the last one or behind a fault. */
  push(chunk: Uint8Array): readonly FramedRequest[] {
    const requests: FramedRequest[] = [];
    for (let at = 0; at < chunk.length && !this.#isOver && this.#fault === undefined; ) {
      const taken = this.#take(chunk.subarray(at));
      at += taken;
      this.#pending += taken;
      if (this.#body?.gatherer.isWhole) requests.push(this.#finish(this.#body));
    }
    return requests;
  }

  /** Whether the client waits to be told to send its body; told once. */
  takeExpectation(): boolean {
    const expecting = this.#isExpecting;
    this.#isExpecting = false;
    return expecting;
  }

  /** Overwrites what came of the unfinished request. */
  wipe(): void {
    this.#heads.wipe();
    this.#body?.gatherer.wipe();
  }

  /** Takes from the front of `chunk` what belongs to the request under way; returns how many bytes that was. */
  #take(chunk: Uint8Array): number {
    if (this.#body !== undefined) return this.#body.gatherer.add(chunk);
    const { taken, text } = this.#heads.read(chunk);
    const head = text === undefined ? this.#heads.fault : readHead(text, this.#bodyBytesMax);
    if (head !== undefined && "status" in head) this.#fault = head;
    else if (head !== undefined) this.#begin(head);
    return taken;
  }

  #begin(head: Head): void {
    this.#body = { head, gatherer: createGatherer(head.bodyBytes) };
    this.#isExpecting = head.awaitsGoAhead;
  }

  #finish({ head: { isLast }, gatherer }: Body): FramedRequest {
    this.#body = undefined;
    this.#pending = 0;
    this.#isExpecting = false;
    this.#isOver = isLast;
    return { message: gatherer.bytes(), isLast };
  }
}
