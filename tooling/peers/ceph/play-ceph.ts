import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient, createTlsTransport } from "@akm/kmip-client";
import { type RunningAkm, startAkm } from "../akm.ts";
import { startCluster } from "./cluster.ts";
import { cephVersion } from "./install.ts";
import { askS3, type S3Answer, type S3Endpoint, type S3Request } from "./s3.ts";

const keyName = "bucket-key";
const secret = "read me back";
const encrypted = {
  "x-amz-server-side-encryption": "aws:kms",
  "x-amz-server-side-encryption-aws-kms-key-id": keyName,
};

/**
 * Ceph's S3 gateway with akm as its key manager: an object put under a key of akm, read back, and refused once the key
 * is destroyed. Prints a line a step; one line where Ceph cannot be had.
 *
 * @throws Error where a step does not hold
 */
export async function playCeph(): Promise<void> {
  const version = await cephVersion();
  if (version === undefined) {
    console.log("skipped, there is no Ceph here, and only root on Debian can install it");
    return;
  }
  console.log(version);
  const folder = mkdtempSync(join(tmpdir(), "akm-ceph-"));
  const akm = await startAkm(folder);
  try {
    await playOn(akm, folder);
  } finally {
    await akm.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function playOn(akm: RunningAkm, folder: string): Promise<void> {
  const certificates = join(folder, "radosgw");
  await akm.issue("radosgw", certificates);
  const cluster = await startCluster(join(folder, "ceph"), { kmipPort: akm.port, certificates });
  const transport = createTlsTransport({
    host: "127.0.0.1",
    port: Number(akm.port),
    cert: readFileSync(join(certificates, "cert.pem"), "utf8"),
    key: readFileSync(join(certificates, "key.pem"), "utf8"),
    ca: readFileSync(join(certificates, "ca.pem"), "utf8"),
  });
  try {
    await live(cluster.s3, createClient(transport.send));
  } finally {
    await transport.close();
    await cluster.stop();
  }
}

async function live(s3: S3Endpoint, kmip: Client): Promise<void> {
  const ask = (request: S3Request) => askS3(s3, request, new Date());
  const put = () =>
    ask({ method: "PUT", path: "/bucket/object", body: secret, headers: encrypted });
  const get = () => ask({ method: "GET", path: "/bucket/object" });
  expect("bucket made", await ask({ method: "PUT", path: "/bucket" }), 200);
  expect("put refused without the key", await put(), 404);
  const uniqueIdentifier = await makeKey(kmip);
  expect("object put", await put(), 200);
  const read = expect("object read", await get(), 200);
  if (read.body !== secret) throw new Error(`read back ${JSON.stringify(read.body)}`);
  const by = read.headers.get("x-amz-server-side-encryption-aws-kms-key-id");
  if (by !== keyName) throw new Error(`encrypted by ${by}`);
  const revocationReason = { revocationReasonCode: "CessationOfOperation" } as const;
  await kmip.revoke({ uniqueIdentifier, revocationReason });
  await kmip.destroy({ uniqueIdentifier });
  expect("read refused once the key is destroyed", await get(), 404);
}

async function makeKey(kmip: Client): Promise<string> {
  const { uniqueIdentifier } = await kmip.create({
    objectType: "SymmetricKey",
    attributes: {
      name: [{ nameValue: keyName, nameType: "UninterpretedTextString" }],
      cryptographicAlgorithm: "AES",
      cryptographicLength: 256,
      cryptographicUsageMask: ["Encrypt", "Decrypt"],
    },
  });
  await kmip.activate({ uniqueIdentifier });
  return uniqueIdentifier;
}

function expect(step: string, answer: S3Answer, status: number): S3Answer {
  if (answer.status !== status) {
    throw new Error(`${step}: status ${answer.status}, not ${status}: ${answer.body}`);
  }
  console.log(step);
  return answer;
}
