import { KmipError, type RequestHeader } from "@akm/kmip-model";

/** Refuses every Batch Error Continuation Option but Stop. AKM guide, note 2. */
export function stopOnError({ batchErrorContinuationOption: option }: RequestHeader): void {
  if (option === undefined || option === "Stop") return;
  throw new KmipError(
    "FeatureNotSupported",
    `Batch Error Continuation Option ${option} is not supported, only Stop`,
  );
}
