// Which operation a request is for: its path, its method, basePath, and the target that an adapter knows better.
import { describe, expect, test } from "vitest";
import { type SnapCall, type SnapHandler, type SnapOperations, WireRequest } from "../../src/server.ts";
import {
  allServed,
  answerTo,
  createReceiver,
  createWatched,
  exampleOf,
  operationIds,
  read,
  requestOf,
  SUCCESS,
  summary,
  wireOf,
} from "../support/receiver.ts";
import { payment } from "./support.ts";

const receiver = createReceiver();
const { path: PAY } = exampleOf.qrCpmPayment;
const WRONG_SIGNATURE = "4016000 Unauthorized. [Signature]";
const INVALID_ROUTING = "4040002 Invalid Routing";

describe.each(operationIds)("%s", (operation) => {
  const { path, service } = exampleOf[operation];

  test("is answered with the 200 body that the operation returns", async () => {
    const answer = await read(await receiver(requestOf({ operation })), operation);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(exampleOf[operation].success);
  });

  test("is answered with the 202 body that the operation returns", async () => {
    const operations = { [operation]: () => exampleOf[operation].inProgress } as SnapOperations;
    const answer = await read(await createReceiver({ operations })(requestOf({ operation })), operation);
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual(exampleOf[operation].inProgress);
  });

  test.each(["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])("the method %s is refused", async (method) => {
    expect(await answerTo(receiver, { operation, method })).toBe(`405${service}00 Requested Function Is Not Supported`);
  });

  test("is refused if it is not served", async () => {
    const other = operation === "qrCpmQuery" ? "qrCpmPayment" : "qrCpmQuery";
    const handler = createReceiver({ operations: { [other]: allServed[other] } });
    expect(await answerTo(handler, { operation })).toBe(`405${service}00 Requested Function Is Not Supported`);
  });

  test("is a general error if the operation throws", async () => {
    const operations = { [operation]: () => Promise.reject(new Error("no")) };
    expect(await answerTo(createReceiver({ operations }), { operation })).toBe(`500${service}00 General Error`);
  });

  test("has one path: a slash at its end, other letters or an escape make it another", async () => {
    const wrong = [`${path}/`, path.toUpperCase(), path.replace("v1.0", "v1%2E0"), path.replace("/v1.0", "/v2.0")];
    for (const other of [...wrong, `/snap${path}`, `/${path}`]) {
      expect(await summary(await receiver(requestOf({ path: other }))), other).toBe(INVALID_ROUTING);
    }
  });
});

test.each(["/", "/v1.0", "/v1.0/qr/qr-mpm-generate", "/v1.0/%zz", "//", "/__proto__"])(
  "the path %s, which is of no operation, is answered with 404 02 of service 00",
  async (path) => {
    const { handler, answers } = createWatched();
    const answer = await read(await handler(requestOf({ path })));
    expect(answer).toEqual({
      status: 404,
      responseCode: "4040002",
      responseMessage: "Invalid Routing",
      body: { responseCode: "4040002", responseMessage: "Invalid Routing" },
    });
    expect(answers).toMatchObject([{ step: "route", operation: undefined, status: 404 }]);
  },
);

test("operations may be the methods of an object that has a state", async () => {
  class Books {
    readonly #paid: string[] = [];
    qrCpmPayment({ body }: SnapCall<"qrCpmPayment">) {
      this.#paid.push(body.partnerReferenceNo);
      return { responseCode: "2006000", responseMessage: `${this.#paid.length} paid`, referenceNo: "1" } as const;
    }
  }
  expect(await answerTo(createReceiver({ operations: new Books() }))).toBe("2006000 1 paid");
});

test("basePath stands before the path, and the signature covers it", async () => {
  const handler = createReceiver({ basePath: "/snap/api" });
  expect(await answerTo(handler, { path: `/snap/api${PAY}` })).toBe(SUCCESS);
  expect(await answerTo(handler, { path: PAY })).toBe(INVALID_ROUTING);
  const { headers } = requestOf({ path: PAY });
  const request = new Request(`http://receiver.example/snap/api${PAY}`, {
    method: "POST",
    headers,
    body: JSON.stringify(payment),
  });
  expect(await summary(await handler(request))).toBe(WRONG_SIGNATURE);
});

describe("the second argument", () => {
  /** A request that is signed for a target as it came over the wire, and whose URL says what a Request makes of that. */
  const sentTo = (target: string) => {
    const { method, headers, body } = wireOf({ path: target });
    return new Request(`http://receiver.example${target}`, { method, headers, body });
  };

  test.each(["note=it's", 'a="b"', "a=<b>", "a=é"])(
    "if it is a WireRequest, its target is what the signature must cover: ?%s",
    async (query) => {
      const target = `${PAY}?${query}`;
      expect(new URL(sentTo(target).url).search).not.toBe(`?${query}`);
      expect(await summary(await receiver(sentTo(target), new WireRequest(target)))).toBe(SUCCESS);
      expect(await summary(await receiver(sentTo(target), new WireRequest(`${target}x`)))).toBe(WRONG_SIGNATURE);
      expect(await summary(await receiver(sentTo(target)))).toBe(WRONG_SIGNATURE);
    },
  );

  test("if it is a WireRequest, its path says which operation it is, and is what onAnswer is told", async () => {
    const { handler, answers } = createWatched();
    for (const target of [`/x/..${PAY}`, `${PAY}/`, exampleOf.qrCpmQuery.path]) {
      await handler(requestOf(), new WireRequest(target));
    }
    await handler(requestOf({ path: "/nowhere" }), new WireRequest(`${PAY}?pin=1234`));
    expect(answers).toMatchObject([
      { path: `/x/..${PAY}`, operation: undefined, responseCode: "4040002" },
      { path: `${PAY}/`, operation: undefined, responseCode: "4040002" },
      { path: exampleOf.qrCpmQuery.path, operation: "qrCpmQuery", responseCode: "4016100" },
      { path: PAY, operation: "qrCpmPayment", responseCode: "4016000" },
    ]);
  });

  class Look extends URL {
    readonly target = "/nowhere";
  }
  test.each<[string, unknown]>([
    ["undefined", undefined],
    ["null", null],
    ["a text", "/nowhere"],
    ["an object with a target", { target: "/nowhere" }],
    ["an object of another class with a target", new Look("http://receiver.example/nowhere")],
    ["what Next.js passes", { params: Promise.resolve({ target: "/nowhere" }) }],
    ["a server, as Bun passes it", { url: new URL("http://receiver.example/nowhere"), requestIP: () => null }],
    ["a URL", new URL("http://receiver.example/nowhere")],
  ])("if it is %s, it is ignored", async (_, other) => {
    const handler = receiver as (request: Request, other: unknown) => Promise<Response>;
    const { path, headers } = wireOf({ path: `${PAY}?page=1` });
    expect(await summary(await handler(requestOf({ path, headers }), other))).toBe(SUCCESS);
    expect(await summary(await handler(requestOf({ path: "/nowhere" }), other))).toBe(INVALID_ROUTING);
  });

  test("a framework may call a receiver with an argument of its own", async () => {
    const route: (request: Request, context: { params: object }) => Promise<Response> = receiver satisfies SnapHandler;
    expect(await summary(await route(requestOf(), { params: {} }))).toBe(SUCCESS);
  });
});
