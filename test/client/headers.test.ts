// Headers that one call sets: they win over the client's own, and bad values are refused.
import { describe, expect, test } from "vitest";
import { createSnapClient, type SnapHeaders } from "../../src/index.ts";
import { isSigned, JAKARTA, NOW, sentHeaders, snapHeaders, startPjp, symmetric } from "../support/client.ts";
import { typeError } from "../support/errors.ts";
import { header, type Received } from "../support/http.ts";

describe("headers of one call", () => {
  const full = {
    customerToken: "customer-token",
    origin: "www.merchant.example",
    deviceId: "device",
    ipAddress: "172.31.255.255",
    latitude: "-6.108841",
    longitude: "106.7782137",
  };

  test.each(snapHeaders)("%s wins over the client's own, in upper or lower case, for that call only", async (name) => {
    const { url, received } = await startPjp();
    const snap = createSnapClient({ ...symmetric(url), ...full });
    const value = name.startsWith("Authorization") ? "Bearer mine" : "mine";
    await snap.qrCpmQuery({}, { headers: { [name]: value } });
    await snap.qrCpmQuery({}, { headers: { [name.toLowerCase()]: value } });
    await snap.qrCpmQuery({});
    expect(received.map((one) => header(one, name) === value)).toEqual([true, true, false]);
    for (const one of received) {
      expect(Object.keys(sentHeaders(one))).toEqual(snapHeaders);
      expect(isSigned(one)).toBe(name !== "X-SIGNATURE" || one === received[2]);
    }
  });

  test("a call with its own Authorization does not ask for an access token", async () => {
    const { url, received } = await startPjp();
    const accessToken = () => expect.unreachable("asked for a token");
    const snap = createSnapClient({ ...symmetric(url), accessToken });
    await snap.qrCpmQuery({}, { headers: { Authorization: "bearer  mine" } });
    expect(header(received[0] as Received, "Authorization")).toBe("bearer  mine");
    const [one] = received as [Received];
    expect(isSigned({ ...one, headers: { ...one.headers, authorization: "Bearer mine" } })).toBe(true);
  });

  test("spaces around a value are neither sent nor signed", async () => {
    const { url, received } = await startPjp();
    await createSnapClient(symmetric(url)).qrCpmQuery({}, { headers: { "X-TIMESTAMP": ` ${JAKARTA}\t` } });
    expect([header(received[0] as Received, "X-TIMESTAMP"), isSigned(received[0])]).toEqual([JAKARTA, true]);
  });

  test("an undefined value leaves the client's own header", async () => {
    const { url, received } = await startPjp();
    const headers = { "X-PARTNER-ID": undefined, "X-TIMESTAMP": undefined } as unknown as Partial<SnapHeaders>;
    await createSnapClient({ ...symmetric(url), clock: () => NOW }).qrCpmQuery({}, { headers });
    expect(sentHeaders(received[0])).toMatchObject({ "X-PARTNER-ID": "the-partner", "X-TIMESTAMP": JAKARTA });
  });

  test.each([
    ["with a line break", "a\r\nX-EVIL: 1"],
    ["with a NUL", "a\0"],
    ["with a character beyond Latin-1", "Budi’s phone"],
    ["that is a number", 5 as unknown as string],
  ])("a value %s is refused before anything is sent, and is not quoted", async (_, value) => {
    const { url, received } = await startPjp();
    const snap = createSnapClient(symmetric(url));
    for (const name of snapHeaders) {
      await expect(snap.qrCpmQuery({}, { headers: { [name]: value } })).rejects.toThrow(
        typeError("ERR_SNAP_INVALID_OPTION", `${name} must be a header value: Latin-1 text without line breaks.`),
      );
    }
    const bad = createSnapClient({ ...symmetric(url), externalId: () => value });
    await expect(bad.qrCpmQuery({})).rejects.toThrow(
      typeError("ERR_SNAP_INVALID_OPTION", "X-EXTERNAL-ID must be a header value: Latin-1 text without line breaks."),
    );
    expect(received).toHaveLength(0);
  });
});
