// Random requests to the receiver, for the fuzz test: right ones, wrong ones, and what is hardly a request.
import type { OperationId } from "../../generated/operations.ts";
import { published as contract } from "../../src/contract/contract.ts";
import { mutated, type Random, randomJson, randomText } from "../support/random.ts";
import {
  CUSTOMER_TOKEN,
  exampleOf,
  operationIds,
  PARTNER,
  RSA_PARTNER,
  type Sent,
  type Wire,
  wireOf,
} from "../support/receiver.ts";

const latin1 = (random: Random, length: number) =>
  Array.from({ length }, () => String.fromCharCode(random.pick([33, 65, 97, 48, 0xa0, 0xe9, 0xff, 0x80, 44, 34]))).join(
    "",
  );

/** A body: right now and then, wrong in every way else. */
function randomBody(random: Random, id: OperationId): string | Uint8Array {
  const { request } = exampleOf[id];
  const text = JSON.stringify(request);
  const fields = contract.operations[id].fields.map((path) => ({ path, length: undefined }));
  const donors = [request, exampleOf[random.pick(operationIds)].request, randomJson(random)];
  const bytes = (length: number) => Uint8Array.from({ length }, () => random.below(256));
  const at = random.below(text.length);
  switch (random.below(16)) {
    case 0:
      return bytes(random.below(300));
    case 1:
      return text.slice(0, at);
    case 2: {
      const flipped = new TextEncoder().encode(text);
      for (let count = random.below(3); count >= 0; count -= 1)
        flipped[random.below(flipped.length)] = random.below(256);
      return flipped;
    }
    case 3: {
      const open = random.pick(["[", '{"a":', '[{"":', "{"]);
      const depth = random.pick([50, 99, 101, 1000, random.chance(0.05) ? 100_000 : 200]);
      const closed = random.chance(0.5) ? `1${(open === "[" ? "]" : "}").repeat(depth)}` : "";
      return `${text.slice(0, -1)},"additionalInfo":${open.repeat(depth)}${closed}}`;
    }
    case 4: {
      const length = random.chance(0.02) ? random.pick([65_000, 65_536, 200_000]) : random.below(2000);
      return text.replace(/"[^"]*"(?=[,}])/, JSON.stringify(randomText(random, length)));
    }
    case 5: {
      const field = random.pick(contract.operations[id].fields).split(".")[0];
      const twice = `"${field}":${JSON.stringify(randomJson(random))}`;
      return random.chance(0.5) ? `{${twice},${text.slice(1)}` : `${text.slice(0, -1)},${twice}}`;
    }
    case 6:
      return JSON.stringify(randomJson(random, 6)) ?? "";
    case 7:
      return `${text.slice(0, at)}${random.pick(['"', "\\", "{", "}", ",", "\u0000", "\ud800", "é", " ", "1e999"])}${text.slice(at)}`;
    case 8:
      return JSON.stringify(request, undefined, random.pick([1, "\t", "\r\n"]));
    case 9:
    case 10:
    case 11: {
      let body: unknown = request;
      for (let count = random.below(3); count >= 0; count -= 1) body = mutated(random, body, { fields, donors });
      return JSON.stringify(body) ?? "";
    }
    default:
      return text;
  }
}

function randomPath(random: Random, path: string): string {
  return random.pick([
    () => `/${randomText(random, random.below(30))}`,
    () => path.slice(0, random.below(path.length)) || "/",
    () => `${path}/`,
    () => `/snap${path}`,
    () => path.toUpperCase(),
    () => path.replace("/qr", "/./qr/../qr"),
    () => `${path}?${randomText(random, random.below(20))}`,
    () => `${path}#${randomText(random, 5)}`,
    () => path.replace("/", "//"),
    () => `${path}%${random.pick(["", "z", "zz", "00", "2F", "C3%A9"])}`,
    () => "/__proto__",
  ])();
}

/** One header made wrong, or merely odd. */
function breakHeader(random: Random, headers: Record<string, string>): void {
  const name = random.pick([...Object.keys(headers), "Authorization-Customer", "ORIGIN", "X-DEVICE-ID", "X-LATITUDE"]);
  switch (random.below(6)) {
    case 0:
    case 1:
      delete headers[name];
      break;
    case 2:
      headers[name] = random.pick(["", " ", "\t"]);
      break;
    case 3:
      headers[name] = latin1(random, random.pick([1, 5, 6, 36, 37, 400, 401]));
      break;
    case 4:
      headers[name] = `${headers[name] ?? ""}${latin1(random, 1)}`;
      break;
    default:
      headers[name] = headers[random.pick(Object.keys(headers))] ?? "x";
  }
}

/** A request to the receiver: signed, and then perhaps changed. */
export function randomRequest(random: Random): Request {
  const operation = random.pick(operationIds);
  const sent: Sent = {
    operation,
    body: random.chance(0.6) ? randomBody(random, operation) : exampleOf[operation].request,
  };
  if (random.chance(0.05))
    sent.method = random.pick(["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "post", "FOO"]);
  if (random.chance(0.08)) sent.token = random.pick([null, "expired", "throws", latin1(random, 5), "x".repeat(3000)]);
  if (random.chance(0.05)) sent.clientSecret = "another";
  if (random.chance(0.1)) sent.encoding = "hex";
  const headers: Record<string, string> = { "X-EXTERNAL-ID": `${random.below(4000)}` };
  // an RSA signature takes as long as everything else together
  if (random.chance(0.02)) headers["X-PARTNER-ID"] = RSA_PARTNER;
  if (random.chance(0.02)) headers["X-PARTNER-ID"] = random.pick(["nobody", "throws"]);
  if (random.chance(0.02)) headers["X-EXTERNAL-ID"] = "throws";
  if (random.chance(0.05)) headers["X-TIMESTAMP"] = random.pick(["2020-12-23T08:50:11+07:00", "2020-12-23T00:50:11Z"]);
  if (random.chance(0.2)) {
    const tokens = [CUSTOMER_TOKEN, "expired", "throws"];
    headers["Authorization-Customer"] = `Bearer ${random.pick(tokens)}`;
  }
  const transaction = operation !== "accessTokenB2b";
  const wire = transaction ? wireOf({ ...sent, headers }) : tokenRequest(random, sent);
  return changed(random, wire);
}

const tokenWire = wireOf({ operation: "accessTokenB2b" });

/** A request for a token, its signature made once: the body is not signed. */
function tokenRequest(random: Random, { body, method = "POST" }: Sent): Wire {
  const text = typeof body === "object" && !(body instanceof Uint8Array) ? JSON.stringify(body) : (body ?? "");
  const headers = { ...tokenWire.headers };
  if (random.chance(0.05)) headers["X-CLIENT-KEY"] = random.pick(["nobody", "throws", PARTNER]);
  return { ...tokenWire, headers, method, body: text };
}

/** What goes wrong after a request was signed. */
function changed(random: Random, { method, path, headers, body }: Wire): Request {
  if (random.chance(0.15)) breakHeader(random, headers);
  if (random.chance(0.03))
    headers["Content-Type"] = random.pick(["text/plain", "application/json;charset=utf-8", "a/b"]);
  const target = random.chance(0.04) ? randomPath(random, path) : path;
  let sentBody: NonNullable<RequestInit["body"]> = random.chance(0.05) ? randomBody(random, "qrCpmPayment") : body;
  const bodiless = method === "GET" || method === "HEAD";
  if (random.chance(0.05)) {
    const whole = typeof sentBody === "string" ? new TextEncoder().encode(sentBody) : (sentBody as Uint8Array);
    const cut = random.below(whole.length + 1);
    sentBody = new ReadableStream({
      start(controller) {
        for (const chunk of [whole.subarray(0, cut), whole.subarray(cut)]) if (chunk.length) controller.enqueue(chunk);
        controller.close();
      },
    });
  } else if (random.chance(0.01)) headers["content-length"] = random.pick(["65537", "0", "x", "-1", "1e9"]);
  return new Request(`http://receiver.example${target}`, {
    method,
    headers,
    ...(!bodiless && { body: sentBody, duplex: "half" as const }),
  });
}
