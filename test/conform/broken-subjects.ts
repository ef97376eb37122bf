// The table: what broken providers and merchants do, and the scenario that is meant to catch each.
import { type Broken, body, code, header, instead, isCode, on, type Spoil, yes } from "./broken.ts";

const SERVICES = { "59": "1", "60": "2", "61": "3", "62": "4", "80": "5", "55": "7", "79": "6", "73": "8" } as const;

/** One of n.1 to n.5, broken in a service: what must be refused is accepted. */
function accepts(service: keyof typeof SERVICES, at: number, row: string, says: string): Broken {
  const number = `${SERVICES[service]}.${at}`;
  const refusal = row.slice(0, 3) + service + row.slice(3);
  return { name: `${service}: ${says}`, only: number, caught: [number], rule: "code", says, spoil: on(refusal, yes) };
}

const TOKEN = "an access token that nobody gave out is accepted";
const SIGNATURE = "a wrong signature is accepted";
const MISSING = "a request without a mandatory field is accepted";
const FORMAT = "a field that breaks its format is accepted";
const ID = "an X-EXTERNAL-ID is accepted twice on one day";

/** Spoils the second of two answers only. */
const second = (refusal: string): Spoil => {
  let seen = 0;
  return (answer, asked, response) => {
    if (!isCode(answer, refusal)) return answer;
    seen += 1;
    return seen === 2 ? yes(answer, asked, response) : answer;
  };
};

const hangs: Spoil = () => undefined;
const closes: Spoil = (_, __, response) => void response.destroy();
const breaksOff: Spoil = (_, __, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
  response.write('{"responseCode":');
  setTimeout(() => response.destroy(), 20);
  return undefined;
};

/** One thing wrong with the answer of one scenario. */
const one = (number: string, rule: string, name: string, says: string, spoil: Spoil): Broken => ({
  name,
  only: number,
  caught: [number],
  rule,
  says,
  spoil,
});

/** Providers. */
export const BROKEN_PROVIDERS: readonly Broken[] = [
  ...(["59", "60", "61", "62", "80", "55"] as const).flatMap((service) => [
    accepts(service, 1, "40101", TOKEN),
    accepts(service, 2, "40100", SIGNATURE),
    accepts(service, 3, "40002", MISSING),
    accepts(service, 4, "40001", FORMAT),
    accepts(service, 5, "40900", ID),
  ]),
  accepts("73", 2, "40100", SIGNATURE),
  accepts("73", 3, "40002", MISSING),
  accepts("73", 4, "40001", FORMAT),
  one("2.2", "code", "looks at the secret, and not at the body", SIGNATURE, second("4016000")),
  accepts("59", 7, "40408", "an unknown merchant is accepted"),
  accepts("60", 7, "40302", "an amount above the limit is accepted"),
  accepts("60", 8, "40901", "one partnerReferenceNo is paid twice"),
  accepts("61", 8, "40401", "a payment that was never made is found"),
  accepts("55", 7, "40401", "a debit that was never made is found"),

  // the answer as such
  one("2.6", "answer", "hangs", "no answer within 500 ms", on("2006000", hangs)),
  one("2.6", "answer", "closes the connection", "an answer did not come: the network failed", on("2006000", closes)),
  one("2.6", "answer", "breaks off in the middle of the body", "the network failed", on("2006000", breaksOff)),
  one(
    "2.6",
    "answer",
    "redirects",
    "is a redirect",
    on("2006000", (answer) => ({ ...answer, status: 302, headers: { location: "/login" } })),
  ),
  one(
    "2.6",
    "answer",
    "answers with more than a megabyte",
    "is longer than 1048576 bytes",
    on("2006000", body({ additionalInfo: { a: "a".repeat(1_100_000) } })),
  ),
  one(
    "2.6",
    "json",
    "answers with an HTML page",
    "must be JSON, but is not: <html>Bad Gateway",
    on("2006000", instead(502, "<html>Bad Gateway</html>", "text/html")),
  ),
  one(
    "2.6",
    "json",
    "answers with nothing",
    "status 200, must be JSON, but is empty",
    on("2006000", instead(200, "", "application/json")),
  ),
  one(
    "2.6",
    "json",
    "answers with half a body",
    "must be JSON, but is not",
    on("2006000", instead(200, '{"responseCode":"2006000"', "application/json")),
  ),
  one(
    "2.6",
    "snap",
    "answers in another way than SNAP's",
    "responseCode must be a text of 7 digits, but is missing",
    on("2006000", instead(200, '{"status":"OK"}', "application/json")),
  ),
  one(
    "2.6",
    "snap",
    "writes responseCode as a number",
    "responseCode must be a text of 7 digits, but is 2006000",
    on("2006000", body({ responseCode: 2006000 })),
  ),
  one(
    "2.6",
    "snap",
    "leaves a digit out of responseCode",
    'but is "200600"',
    on("2006000", body({ responseCode: "200600" })),
  ),
  one(
    "2.6",
    "snap",
    "answers with a list",
    "responseCode must be a text of 7 digits, but is missing",
    on("2006000", instead(200, "[]", "application/json")),
  ),

  // code, status and message
  one(
    "2.1",
    "status",
    "answers 401 01 with status 200",
    "the HTTP status must be 401, the first digits of responseCode 4016001, but is 200",
    on("4016001", (answer) => ({ ...answer, status: 200 })),
  ),
  one(
    "2.7",
    "status",
    "answers 403 02 with status 400",
    "the HTTP status must be 403",
    on("4036002", (answer) => ({ ...answer, status: 400 })),
  ),
  one(
    "2.1",
    "service",
    "answers with the code of another service",
    "that is a code of service 54, and service 60 was called",
    on("4016001", body({ responseCode: "4015401" })),
  ),
  one(
    "2.6",
    "service",
    "answers a success of another service",
    "that is a code of service 51, and service 60 was called",
    on("2006000", body({ responseCode: "2005100" })),
  ),
  one(
    "2.1",
    "code",
    "takes a wrong token for a wrong signature",
    "responseCode must be 4016001, but is 4016000 Unauthorized. [Signature]",
    on("4016001", code("4016000", "Unauthorized. [Signature]")),
  ),
  one(
    "2.3",
    "code",
    "takes a missing field for one of a wrong format",
    "responseCode must be 4006002, but is 4006001",
    on("4006002", code("4006001", "Invalid Field Format partnerReferenceNo")),
  ),
  one(
    "2.7",
    "code",
    "says insufficient funds where the limit is exceeded",
    "responseCode must be 4036002, but is 4036014",
    on("4036002", code("4036014", "Insufficient Funds")),
  ),
  one(
    "2.5",
    "code",
    "takes an id for a partnerReferenceNo",
    "responseCode must be 4096000, but is 4096001",
    on("4096000", code("4096001", "Duplicate partnerReferenceNo")),
  ),
  one(
    "2.6",
    "code",
    "fails",
    "responseCode must be 2006000, but is 5006000 General Error",
    on("2006000", code("5006000", "General Error")),
  ),
  one(
    "4.7",
    "code",
    "cancels at once what is to be in progress",
    "responseCode must be 2026200, but is 2006200",
    on("2026200", yes),
  ),
  one(
    "5.7",
    "code",
    "refunds at once what is to be in progress",
    "responseCode must be 2028000, but is 2008000",
    on("2028000", yes),
  ),
  one(
    "2.4",
    "message",
    "writes the message in other words",
    'responseMessage must be "Invalid Field Format amount.value", as the catalogue has it, but is "Invalid field format amount.value"',
    on("4006001", body({ responseMessage: "Invalid field format amount.value" })),
  ),
  one(
    "2.4",
    "message",
    "does not name the field",
    'but is "Invalid Field Format"',
    on("4006001", body({ responseMessage: "Invalid Field Format" })),
  ),
  one(
    "2.3",
    "message",
    "names another field",
    'but is "Invalid Mandatory Field merchantId"',
    on("4006002", body({ responseMessage: "Invalid Mandatory Field merchantId" })),
  ),
  one(
    "2.5",
    "message",
    "writes another message than Conflict",
    'responseMessage must be "Conflict"',
    on("4096000", body({ responseMessage: "Duplicate X-EXTERNAL-ID" })),
  ),
  one(
    "2.2",
    "message",
    "refuses a signature in words of its own",
    'responseMessage must be "Unauthorized. [reason]"',
    on("4016000", body({ responseMessage: "Unauthorized Signature" })),
  ),
  one(
    "2.6",
    "message",
    "says Success for Successful",
    'responseMessage must be "Successful", as the catalogue has it, but is "Success"',
    on("2006000", body({ responseMessage: "Success" })),
  ),
  one(
    "2.6",
    "message",
    "leaves the message out",
    "but is missing",
    on("2006000", body({ responseMessage: undefined })),
  ),

  // headers
  one(
    "2.6",
    "timestamp",
    "forgets X-TIMESTAMP",
    "the answer's header X-TIMESTAMP is missing",
    on("2006000", header("x-timestamp", undefined)),
  ),
  one(
    "2.1",
    "timestamp",
    "forgets X-TIMESTAMP where it refuses",
    "the answer's header X-TIMESTAMP is missing",
    on("4016001", header("x-timestamp", undefined)),
  ),
  one(
    "2.6",
    "timestamp",
    "writes X-TIMESTAMP with milliseconds",
    'but is "2026-11-26T07:00:00.000+07:00"',
    on("2006000", header("x-timestamp", "2026-11-26T07:00:00.000+07:00")),
  ),
  one(
    "2.6",
    "content-type",
    "calls JSON text",
    "Content-Type must be application/json, but is text/plain",
    on("2006000", header("content-type", "text/plain")),
  ),

  // the body
  one(
    "2.6",
    "contract",
    "pays without a reference",
    "referenceNo is missing in the body",
    on("2006000", body({ referenceNo: undefined })),
  ),
  one(
    "1.6",
    "contract",
    "makes a QR code that does not say when it expires",
    "expiryTime is missing in the body",
    on("2005900", body({ expiryTime: undefined })),
  ),
  one(
    "3.7",
    "contract",
    "tells of status 00 without a reference",
    "originalReferenceNo is missing in the body",
    on("2006100", body({ originalReferenceNo: undefined })),
  ),
  one(
    "3.7",
    "contract",
    "does not say when it was paid",
    "paidTime is missing in the body",
    on("2006100", body({ paidTime: undefined })),
  ),
  one(
    "3.7",
    "contract",
    "has a status that there is not",
    "latestTransactionStatus must be one of",
    on("2006100", body({ latestTransactionStatus: "SUCCESS" })),
  ),
  one(
    "4.6",
    "contract",
    "does not say when it was cancelled",
    "cancelTime is missing in the body",
    on("2006200", body({ cancelTime: undefined })),
  ),
  one(
    "5.6",
    "contract",
    "refunds without a number",
    "refundNo is missing in the body",
    on("2008000", body({ refundNo: undefined })),
  ),
  one(
    "5.6",
    "contract",
    "writes an amount as a number",
    "refundAmount.value must be a string",
    on("2008000", body({ refundAmount: { value: 10000, currency: "IDR" } })),
  ),
  one(
    "8.6",
    "contract",
    "gives out a token without saying for how long",
    "expiresIn is missing in the body",
    body({ expiresIn: undefined }),
  ),
  one(
    "2.6",
    "echo",
    "answers with another partnerReferenceNo",
    'partnerReferenceNo must be "',
    on("2006000", body({ partnerReferenceNo: "another" })),
  ),
  one(
    "1.6",
    "echo",
    "makes a QR code for another request",
    'as in the request, but is "another"',
    on("2005900", body({ partnerReferenceNo: "another" })),
  ),
  one(
    "3.7",
    "echo",
    "tells of another payment",
    'originalReferenceNo must be "',
    on("2006100", body({ originalReferenceNo: "another" })),
  ),
  one(
    "3.7",
    "echo",
    "tells of another X-EXTERNAL-ID",
    'originalExternalId must be "',
    on("2006100", body({ originalExternalId: "another" })),
  ),
  one(
    "4.6",
    "echo",
    "cancels another payment",
    'originalPartnerReferenceNo must be "',
    on("2006200", body({ originalPartnerReferenceNo: "another" })),
  ),
  one(
    "5.6",
    "echo",
    "refunds under another number",
    'partnerRefundNo must be "',
    on("2008000", body({ partnerRefundNo: "another" })),
  ),
  one(
    "5.6",
    "echo",
    "refunds another amount",
    'refundAmount.value must be "10000.00", as in the request, but is "1000.00"',
    on("2008000", body({ refundAmount: { value: "1000.00", currency: "IDR" } })),
  ),
  one(
    "3.7",
    "state",
    "says that a payment failed which succeeded",
    'latestTransactionStatus must be 00, but is "06"',
    on("2006100", body({ latestTransactionStatus: "06" })),
  ),
  one(
    "3.6",
    "state",
    "says that a payment is paid which is pending",
    'latestTransactionStatus must be 01 or 02 or 03, but is "00"',
    on("2006100", body({ latestTransactionStatus: "00" })),
  ),
  one(
    "2.6",
    "state",
    "answers a success of a payment that failed",
    'latestTransactionStatus must be 00 or 01 or 02 or 03, but is "06"',
    on("2006100", body({ latestTransactionStatus: "06" })),
  ),
  one(
    "4.6",
    "state",
    "says that it cancelled, and does not",
    'latestTransactionStatus must be 05, but is "00"',
    on("2006100", body({ latestTransactionStatus: "00" })),
  ),
  one(
    "5.6",
    "state",
    "says that it refunded, and does not",
    'latestTransactionStatus must be 04, but is "00"',
    on("2006100", body({ latestTransactionStatus: "00" })),
  ),
  one(
    "7.6",
    "state",
    "says that a debit is pending which succeeded",
    'latestTransactionStatus must be 00, but is "03"',
    on("2005500", body({ latestTransactionStatus: "03" })),
  ),
  one(
    "7.8",
    "state",
    "says that a debit succeeded which is pending",
    'latestTransactionStatus must be 01 or 02 or 03, but is "00"',
    on("2005500", body({ latestTransactionStatus: "00" })),
  ),

  // what is named
  {
    name: "gives every payment the same reference",
    only: "2.6,2.8",
    caught: ["2.8"],
    rule: "reference",
    says: "referenceNo must be new, but always-the-same is that of an earlier answer of this run",
    spoil: (answer, asked, response) =>
      asked.operation === "qrCpmQuery"
        ? on("2006100", body({ originalReferenceNo: "always-the-same" }))(answer, asked, response)
        : on("2006000", body({ referenceNo: "always-the-same" }))(answer, asked, response),
  },
  {
    name: "gives every refund the same number",
    only: "5.5,5.6",
    caught: ["5.6"],
    rule: "reference",
    says: "refundNo must be new, but 1 is that of an earlier answer of this run",
    spoil: on("2008000", body({ refundNo: "1" })),
  },

  // what a scenario needs
  {
    name: "gives out no token",
    only: "55",
    caught: ["7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "7.7", "7.8"],
    rule: "preparation",
    says: "before it, service 73 failed: responseCode must be 2007300, but is 5007300 General Error",
    spoil: on("2007300", code("5007300", "General Error")),
  },
  {
    name: "gives out an empty token",
    only: "7.6",
    caught: ["7.6"],
    rule: "preparation",
    says: "before it, the answer of service 73 did not have an accessToken",
    spoil: on("2007300", body({ accessToken: "" })),
  },
  {
    name: "makes a QR code without content",
    only: "2.6",
    caught: ["2.6"],
    rule: "preparation",
    says: "before it, the answer of service 59 did not have a qrContent",
    spoil: on("2005900", body({ qrContent: undefined })),
  },
  {
    name: "cannot pay",
    only: "3.7,4.6,5.6",
    caught: ["3.7", "4.6", "5.6"],
    rule: "preparation",
    says: "before it, service 60 failed: responseCode must be 2006000 or 2026000, but is 4036014 Insufficient Funds",
    spoil: on("2006000", code("4036014", "Insufficient Funds")),
  },
];

/** Merchants. */
export const BROKEN_MERCHANTS: readonly Broken[] = [
  accepts("79", 1, "40101", TOKEN),
  accepts("79", 2, "40100", SIGNATURE),
  accepts("79", 3, "40002", MISSING),
  accepts("79", 4, "40001", FORMAT),
  accepts("79", 5, "40900", ID),
  one(
    "6.6",
    "snap",
    "answers OK",
    "responseCode must be a text of 7 digits, but is missing",
    on("2007900", instead(200, '{"status":"OK"}', "application/json")),
  ),
  one(
    "6.6",
    "json",
    "answers with nothing",
    "must be JSON, but is empty",
    on("2007900", instead(200, "", "text/plain")),
  ),
  one(
    "6.6",
    "json",
    "shows a login page",
    "must be JSON, but is not: <!doctype html>",
    on("2007900", instead(200, "<!doctype html>", "text/html")),
  ),
  one(
    "6.6",
    "service",
    "answers as if it were a payment",
    "that is a code of service 60, and service 79 was called",
    on("2007900", body({ responseCode: "2006000" })),
  ),
  one(
    "6.6",
    "status",
    "answers 200 00 with status 201",
    "the HTTP status must be 200",
    on("2007900", (answer) => ({ ...answer, status: 201 })),
  ),
  one(
    "6.6",
    "timestamp",
    "forgets X-TIMESTAMP",
    "the answer's header X-TIMESTAMP is missing",
    on("2007900", header("x-timestamp", undefined)),
  ),
  one("6.6", "answer", "hangs", "no answer within 500 ms", on("2007900", hangs)),
  one("6.6", "answer", "closes the connection", "the network failed", on("2007900", closes)),
  one(
    "6.7",
    "code",
    "takes no notification of a failure",
    "responseCode must be 2007900, but is 4047900",
    on("2007900", code("4047900", "Invalid Transaction Status")),
  ),
  one(
    "6.8",
    "code",
    "takes a notification once, and refuses it when it is sent again",
    "responseCode must be 2007900, but is 4097901",
    (answer, asked, response) =>
      asked.number > 1
        ? on("2007900", code("4097901", "Duplicate partnerReferenceNo"))(answer, asked, response)
        : answer,
  ),
];
