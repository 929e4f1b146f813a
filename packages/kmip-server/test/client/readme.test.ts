import { testReadme } from "@akm/readme";

// The client's README shows the client with this server, which only this package knows beside it.
testReadme(new URL("../../../kmip-client/", import.meta.url), {
  from: new URL("../..", import.meta.url),
});
