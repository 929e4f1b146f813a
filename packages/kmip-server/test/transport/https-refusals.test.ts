import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import * as fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { fieldsFor, openHttps, readResponse, request, startHttps } from "./http.ts";
import { message, type Started } from "./support.ts";

const type = "Content-Type: application/octet-stream";
const host = "Host: localhost";
const sound = fieldsFor(4);

/** What the log says of the end of the one connection. */
async function end(started: Started) {
  return (await started.line("connection.closed")).fields["why"];
}

describe("a request is refused by its status, the log says why, and nothing behind it is read:", () => {
  test.each([
    ["GET", "405", request("", sound, "GET /kmip HTTP/1.1")],
    ["a method of its own", "405", request("ping", sound, "PURGE /kmip HTTP/1.1")],
    ["CONNECT", "404", request("", sound, "CONNECT localhost:443 HTTP/1.1")],
    ["another path", "404", request("ping", sound, "POST /kmip/ HTTP/1.1")],
    ["a query", "404", request("ping", sound, "POST /kmip?x=1 HTTP/1.1")],
    ["HTTP/1.0", "505", request("ping", sound, "POST /kmip HTTP/1.0")],
    ["HTTP/2's preface", "505", Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")],
    ["JSON", "415", request("ping", [host, "Content-Type: application/json", "Content-Length: 4"])],
    ["no type", "415", request("ping", [host, "Content-Length: 4"])],
    ["two types", "415", request("ping", [...sound, type])],
    ["a type that only begins so", "415", request("ping", [host, `${type}s`, "Content-Length: 4"])],
    ["no length", "411", request("ping", [host, type])],
    [
      "chunks",
      "411",
      request("4\r\nping\r\n0\r\n\r\n", [host, type, "Transfer-Encoding: chunked"]),
    ],
    ["another expectation", "417", request("ping", [...sound, "Expect: the unexpected"])],
    ["no host", "400", request("ping", sound.slice(1))],
    ["two hosts", "400", request("ping", [...sound, host])],
  ])("%s", async (_, status, bytes) => {
    const started = await startHttps({ answer: () => Promise.reject(new Error("asked")) });
    const client = await openHttps(started);
    client.socket.write(Buffer.concat([bytes, request("late")]));
    const response = await readResponse(client);
    expect(response.status).toMatch(new RegExp(`^${status} `));
    expect(response.fields).toMatchObject({ connection: "close", "content-length": "0" });
    expect(response.fields["allow"]).toBe(status === "405" ? "POST" : undefined);
    await expect(client.read(1)).rejects.toThrow("ended");
    expect(await end(started)).toMatch(`HTTP ${status}: `);
  });
});

describe("what two readers could read in two ways is refused:", () => {
  test.each([
    ["two lengths", [...sound, "Content-Length: 5"]],
    ["the same length twice", [...sound, "Content-Length: 4"]],
    ["a list of lengths", [host, type, "Content-Length: 4, 4"]],
    ["a length with a sign", [host, type, "Content-Length: +4"]],
    ["a hexadecimal length", [host, type, "Content-Length: 0x4"]],
    ["a length with a blank in it", [host, type, "Content-Length: 4 4"]],
    ["an empty length", [host, type, "Content-Length:"]],
    ["a length behind another kind of blank", [host, type, "Content-Length: \xa04"]],
    ["a length beside chunks", [...sound, "Transfer-Encoding: chunked"]],
    ["a length beside chunks in disguise", [...sound, "Transfer-Encoding: xchunked"]],
    ["a blank before the colon", [host, type, "Content-Length : 4"]],
    ["a blank before the name", [host, type, " Content-Length: 4"]],
    ["a field that goes on in the next line", [...sound, "X-Long: a", "\tb"]],
    ["a line end of one byte", [host, type, "X-Long: a\nContent-Length: 4"]],
    ["a carriage return alone", [host, type, "X-Long: a\rContent-Length: 4"]],
    ["a NUL", [...sound, "X-Long: a\0b"]],
    ["a field without a name", [...sound, ": 4"]],
    ["a line without a colon", [...sound, "Content-Length"]],
  ])("%s", async (_, fields) => {
    const started = await startHttps({ answer: () => Promise.reject(new Error("asked")) });
    const client = await openHttps(started);
    client.socket.write(request("ping", fields));
    expect(await readResponse(client)).toMatchObject({ status: "400 Bad Request" });
    await expect(client.read(1)).rejects.toThrow("ended");
    expect(await end(started)).toMatch("HTTP 400: ");
  });

  test.each([
    ["two blanks", "POST  /kmip HTTP/1.1"],
    ["a fourth word", "POST /kmip HTTP/1.1 x"],
    ["no version", "POST /kmip"],
    ["small letters in the version", "POST /kmip http/1.1"],
    ["a tab", "POST\t/kmip HTTP/1.1"],
    ["an empty line before it", "\r\nPOST /kmip HTTP/1.1"],
  ])("a request line with %s", async (_, line) => {
    const client = await openHttps(await startHttps());
    client.socket.write(request("ping", sound, line));
    expect(await readResponse(client)).toMatchObject({ status: "400 Bad Request" });
  });
});

test.each([
  ["KMIP without HTTP", message(64)],
  ["nothing like a request", Buffer.from("\x16\x03\x01 handshake in a handshake")],
])("%s is refused before it is whole", async (_, bytes) => {
  const started = await startHttps();
  const client = await openHttps(started);
  client.socket.write(bytes.subarray(0, 2));
  expect(await readResponse(client)).toMatchObject({ status: "400 Bad Request" });
  expect(await end(started)).toBe("HTTP 400: bytes that are no HTTP");
});

test("a head up to its limit is read, and one byte more is not", async () => {
  const headOf = (bytes: number) => {
    const bare = request("", [...sound, "X-Long: "]).length;
    return request("ping", [...sound, `X-Long: ${"a".repeat(bytes - bare)}`]);
  };
  const started = await startHttps();
  const client = await openHttps(started);
  client.socket.write(Buffer.concat([headOf(8192), headOf(8193)]));
  expect(await readResponse(client)).toMatchObject({ status: "200 OK" });
  expect((await readResponse(client)).status).toMatch(/^431 /);
});

test.each([
  [1024, "200 OK"],
  [1025, "413 Content Too Large"],
])("a body of %i bytes, where 1024 are read at most, is answered %s", async (bytes, status) => {
  const client = await openHttps(await startHttps({ limits: { messageBytesMax: 1024 } }));
  client.socket.write(request(Buffer.alloc(bytes)));
  expect(await readResponse(client)).toMatchObject({ status });
});

test("a client reads why its body is too long though it still sends it", async () => {
  const client = await openHttps(await startHttps({ limits: { lingerMs: 30_000 } }));
  client.socket.write(request(Buffer.alloc(8 * 1024 * 1024)));
  expect((await readResponse(client)).status).toBe("413 Content Too Large");
});

test("a client that waits to be told is told that its body is too long, not to send it", async () => {
  const client = await openHttps(await startHttps());
  client.socket.write(request("", [...fieldsFor(2 ** 30), "Expect: 100-continue"]));
  expect((await readResponse(client)).status).toBe("413 Content Too Large");
});

test.each([
  ["a head", request("ping").subarray(0, 30), "30"],
  ["a body", request("ping").subarray(0, -1), String(request("ping").length - 1)],
])("a client that stops within %s is let go", async (_, sent, bytes) => {
  const started = await startHttps({ limits: { bodyMs: 50 } });
  const client = await openHttps(started);
  client.socket.write(sent);
  client.socket.resume();
  await client.closed;
  expect(await end(started)).toBe(`a request of which ${bytes} bytes came is too slow`);
});

test("a head that drips has one deadline from its first byte to its last", async () => {
  const started = await startHttps({ limits: { bodyMs: 150 } });
  const client = await openHttps(started);
  client.socket.write("POST /kmip HTTP/1.1\r\nX-Long: ");
  const drip = setInterval(() => client.socket.write("a"), 10);
  client.socket.resume();
  await client.closed;
  clearInterval(drip);
  expect(await end(started)).toMatch(/too slow/);
});

test("what is read here, Node's own HTTP server reads alike", async () => {
  const node = await startNode();
  const started = await startHttps();
  const text = (...parts: readonly string[]) => fc.constantFrom(...parts);
  const line = text(
    "POST /kmip HTTP/1.1",
    "POST /kmip HTTP/1.1 ",
    "post /kmip HTTP/1.1",
    "POST /kmip HTTP/1.1\r",
  );
  const field = fc.oneof(
    text(
      ...sound,
      type,
      host,
      "Content-Length: 04",
      "content-length:4",
      "Content-Length: 4 ",
      "Content-Length: 4\r",
    ),
    text(
      "Transfer-Encoding: chunked",
      "Transfer-Encoding: identity",
      "Transfer-Encoding:",
      "Expect: 100-continue",
    ),
    text(
      "Connection: close",
      "Connection: keep-alive",
      "X: \xe4",
      "X:",
      " X: y",
      "X\t: y",
      "Upgrade: h2c",
    ),
    fc.string({ maxLength: 12, unit: "binary-ascii" }),
  );
  const fields = fc.array(field, { maxLength: 3 }).map((more) => [...sound, ...more]);
  const any = fc.oneof(fields, fc.shuffledSubarray([...sound, "Content-Length: 4"]));
  await fc.assert(
    fc.asyncProperty(line, any, async (first, lines) => {
      const bytes = request("ping", lines, first);
      const client = await openHttps(started);
      client.socket.write(bytes);
      const response = await readResponse(client);
      client.socket.destroy();
      if (!response.status.startsWith("200")) return;
      expect(await node.read(bytes)).toEqual([`POST /kmip ${response.body}`]);
    }),
    { numRuns: 300 },
  );
});

/** Node's own HTTP server in its strict mode, and what it makes of bytes. */
async function startNode() {
  const server = createServer({ insecureHTTPParser: false, requireHostHeader: true });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return {
    async read(bytes: Uint8Array): Promise<readonly string[]> {
      const seen: string[] = [];
      server.removeAllListeners("request").on("request", async (incoming, response) => {
        const chunks: Uint8Array[] = [];
        for await (const chunk of incoming) chunks.push(chunk);
        seen.push(`${incoming.method} ${incoming.url} ${Buffer.concat(chunks)}`);
        response.end();
      });
      const socket = connect(port, "127.0.0.1").resume();
      socket.write(bytes);
      socket.once("data", () => socket.end());
      await once(socket, "close");
      return seen;
    },
  };
}
