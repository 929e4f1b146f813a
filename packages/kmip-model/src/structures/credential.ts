import { optional, rawItem, required, structure, textString, type ValueOf } from "@akm/ttlv";
import { credentialType } from "../enumerations/index.ts";
import { tags } from "../tags.ts";

/** Credential Value of the type Username and Password. KMIP 1.1 §2.1.2. */
export const usernameAndPassword = structure({
  username: required(tags.Username, textString),
  password: optional(tags.Password, textString),
});

/** Credential Value of the type Device, new in 1.1. KMIP 1.1 §2.1.2. */
export const deviceCredential = structure({
  deviceSerialNumber: optional(tags.DeviceSerialNumber, textString),
  password: optional(tags.Password, textString),
  deviceIdentifier: optional(tags.DeviceIdentifier, textString),
  networkIdentifier: optional(tags.NetworkIdentifier, textString),
  machineIdentifier: optional(tags.MachineIdentifier, textString),
  mediaIdentifier: optional(tags.MediaIdentifier, textString),
});

/** Who asks, beside the certificate. Its value stays undecoded: the type tells which structure it is. KMIP 1.1 §2.1.2. */
export const credential = structure({
  credentialType: required(tags.CredentialType, credentialType),
  credentialValue: required(tags.CredentialValue, rawItem),
});

/** The Authentication field of a request header. KMIP 1.1 §6.6. */
export const authentication = structure({
  credential: required(tags.Credential, credential),
});

/** A Credential whose value is not decoded. */
export type Credential = ValueOf<typeof credential>;
