// Ceph's S3 gateway, of Debian's packages, with akm as its key manager: `tooling/peers/ceph`.
import { playCeph } from "../peers/ceph/play-ceph.ts";

// Whatever hangs, it fails after ten minutes.
setTimeout(() => process.exit(1), 600_000).unref();
await playCeph();
