import { createHash, createHmac } from "node:crypto";

/** Who asks, and where. */
export interface S3Endpoint {
  /** `HOST:PORT`, plain HTTP. */
  readonly host: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** One request. */
export interface S3Request {
  readonly method: "GET" | "PUT";
  /** Without a query. */
  readonly path: string;
  readonly body?: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came back. */
export interface S3Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

const scopeEnd = "default/s3/aws4_request";

/** Asks an S3 server, signed by AWS Signature Version 4. */
export async function askS3(
  endpoint: S3Endpoint,
  request: S3Request,
  now: Date,
): Promise<S3Answer> {
  const { method, path, body = "" } = request;
  const time = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const headers = {
    ...request.headers,
    host: endpoint.host,
    "x-amz-content-sha256": sha256(body),
    "x-amz-date": time,
  };
  const authorization = sign(endpoint, { method, path, headers, body }, time);
  const answer = await fetch(`http://${endpoint.host}${path}`, {
    method,
    headers: { ...headers, authorization },
    ...(method === "PUT" && { body }),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
}

function sign(
  { accessKey, secretKey }: S3Endpoint,
  { method, path, headers, body }: Required<S3Request>,
  time: string,
): string {
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]?.trim()}\n`).join("");
  const signed = names.join(";");
  const canonical = [method, path, "", lines, signed, sha256(body)].join("\n");
  const scope = `${time.slice(0, 8)}/${scopeEnd}`;
  const text = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n");
  const key = scope.split("/").reduce<Buffer>(hmac, Buffer.from(`AWS4${secretKey}`));
  const signature = hmac(key, text).toString("hex");
  return `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
