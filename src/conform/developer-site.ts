// The developer site's test: the utilities sign, and each API has one positive and one negative run.

import { headers as names, type OperationId } from "../../generated/operations.ts";
import { groups, type Scenario, scenarios, type Words } from "../../generated/scenarios.ts";
import { operationIn } from "../contract/contract.ts";
import { privateKeyOf } from "../snap/pem.ts";
import { sign } from "../snap/signature.ts";
import { invalidOption } from "../util/errors.ts";
import { excerptOf } from "../util/foreign-text.ts";
import { type Finding, found } from "./finding.ts";
import type { Report, Row } from "./row.ts";
import { type RunOptions, rowOf, sessionOf, stoppedRow } from "./runner.ts";
import { OPERATIONS } from "./sheet.ts";
import { offers, type Subject } from "./subject.ts";
import { type Exchange, exchange, type Signer, type ToSign } from "./wire.ts";

/** A utility of the site. */
type Utility = "signature-auth" | "signature-service";

/** What the site is given to sign with. */
interface Given {
  readonly clientKey: string;
  readonly clientSecret: string;
  /** As Base64 without lines, which a header can hold. */
  readonly privateKey: string;
}

/** How the site is called. */
interface Site {
  readonly given: Given;
  call(utility: Utility, headers: Record<string, string>, body: string): Promise<Exchange>;
}

const POSITIVE = { en: "Positive", id: "Positif" };
const NEGATIVE = { en: "Negative", id: "Negatif" };
/** Code of a utility that lacks a header: of no service. */
const REFUSED = `400${"0".repeat(4)}`;

/** The scenarios that an offered service goes through, positive and negative, with the words of the sheet. */
export function developerScenarios(subject: Subject): Scenario[] {
  return groups.flatMap(({ operation, developerSite }, group) => {
    if (!OPERATIONS.pjp.includes(operation) || !offers(subject, operation)) return [];
    const own = scenarios.filter((scenario) => scenario.group === group);
    return [[developerSite.positive, POSITIVE] as const, [developerSite.negative, NEGATIVE] as const].flatMap(
      ([place, kind]) => {
        const scenario = own[place - 1];
        return scenario ? [{ ...scenario, name: joined(kind, scenario.name) }] : [];
      },
    );
  });
}

const joined = (kind: Words, name: Words): Words => ({ en: `${kind.en}: ${name.en}`, id: `${kind.id}: ${name.id}` });

/**
 * Runs the developer site's test: signature-auth, the token, signature-service, and each API.
 * @throws TypeError (`ERR_SNAP_INVALID_OPTION`) when the run file does not have what the site signs with
 */
export async function testDeveloperSite(subject: Subject, options: RunOptions = {}): Promise<Report> {
  const { clock = () => new Date(), onRow } = options;
  const site = siteOf(subject, options);
  const signer: Signer = async (asked) => {
    const sent = await callFor(site, subject, asked);
    const { signature, finding } = signatureIn(sent);
    return {
      exchange: { ...sent, preparation: true },
      ...(signature !== undefined && { signature }),
      ...(finding && { failure: finding }),
    };
  };
  const session = sessionOf(subject, options, signer);
  const started = clock();
  const rows: Row[] = [];
  const add = (row: Row) => {
    rows.push(row);
    onRow?.(row);
  };
  const [tokens = [], apis = []] = partedBy(
    developerScenarios(subject),
    ({ group }) => groups[group]?.operation === "accessTokenB2b",
  );
  const utility = async (kind: Utility) => {
    for (const row of await utilityRows(kind, site, session, subject)) add(numbered(row, rows.length));
  };
  const run = async (scenario: Scenario) =>
    options.signal?.aborted ? stoppedRow(subject, scenario) : rowOf(session, scenario);
  await utility("signature-auth");
  for (const scenario of tokens) add(numbered(await run(scenario), rows.length));
  await utility("signature-service");
  for (const scenario of apis) add(numbered(await run(scenario), rows.length));
  const secrets = [...session.secrets(), site.given.clientSecret, site.given.privateKey];
  return { kind: "developer-site", subject, rows, started, secrets };
}

function partedBy<Item>(items: readonly Item[], belongs: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))];
}

/** A row with its place in this test: a pair has one number. */
function numbered(row: Row, before: number): Row {
  const number = `${Math.floor(before / 2) + 1}.${(before % 2) + 1}`;
  return { ...row, scenario: { ...row.scenario, number } };
}

function siteOf({ signature, token, baseUrl, contract, timeout }: Subject, options: RunOptions): Site {
  if (signature.type !== "symmetric" || !token || !("clientKey" in token))
    throw invalidOption(
      "the developer site needs a symmetric signature (signature.clientSecret) and what asks for a token (token.clientKey, token.privateKey).",
    );
  const privateKey = privateKeyOf(token.privateKey).export({ type: "pkcs8", format: "der" }).toString("base64");
  const version = operationIn(contract, "accessTokenB2b").path.split("/", 2).join("/");
  const send = options.fetch ?? ((url: string, init: RequestInit) => fetch(url, init));
  return {
    given: { clientKey: token.clientKey, clientSecret: signature.clientSecret, privateKey },
    async call(utility, headers, body) {
      const request = { method: "POST", url: `${baseUrl}${version}/utilities/${utility}`, headers, body };
      const begun = performance.now();
      const answered = await exchange(request, timeout, send);
      const duration = Math.round(performance.now() - begun);
      return { operation: utility, preparation: false, request, ...answered, duration };
    },
  };
}

/** Which utility signs a request, and what it is told. */
function callFor(site: Site, subject: Subject, asked: ToSign): Promise<Exchange> {
  const isTransaction = operationIn(subject.contract, asked.operation).signature !== "token";
  return isTransaction
    ? site.call("signature-service", serviceHeaders(site.given, asked), asked.body)
    : site.call("signature-auth", authHeaders(site.given, asked), "");
}

function authHeaders({ clientKey, privateKey }: Given, { timestamp }: Pick<ToSign, "timestamp">) {
  return { [names.timestamp]: timestamp, [names.clientKey]: clientKey, Private_Key: privateKey };
}

function serviceHeaders({ clientSecret }: Given, { timestamp, path, token }: Omit<ToSign, "operation" | "body">) {
  return {
    [names.contentType]: "application/json",
    [names.timestamp]: timestamp,
    "X-CLIENT-SECRET": clientSecret,
    HttpMethod: "POST",
    // so spelled on the site
    EndpoinUrl: path,
    AccessToken: token ?? "",
  };
}

/** The signature in an answer, or what is wrong with it. */
function signatureIn({ response, failure, operation }: Exchange): { signature?: string; finding?: Finding } {
  if (!response)
    return {
      finding: found("answer", `${operation} did not answer: ${failure}`, `${operation} tidak menjawab: ${failure}`),
    };
  const body = parsed(response.body);
  if (response.status === 200 && typeof body.signature === "string" && body.signature !== "")
    return { signature: body.signature };
  const is = `${response.status} ${excerptOf(response.body)}`;
  return {
    finding: found(
      "json",
      `${operation} must answer 200 and {"signature": "..."}, but answered ${is}`,
      `${operation} harus menjawab 200 dan {"signature": "..."}, tetapi menjawab ${is}`,
    ),
  };
}

function parsed(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A utility's positive row, whose signature must be the one over what was sent, and its negative one, which lacks X-TIMESTAMP. */
async function utilityRows(
  kind: Utility,
  site: Site,
  session: ReturnType<typeof sessionOf>,
  subject: Subject,
): Promise<Row[]> {
  const { clientKey, clientSecret } = site.given;
  const about = { group: { name: { en: kind, id: kind }, service: "" }, notes: [] };
  const body = kind === "signature-auth" ? "" : "{}";
  const path = `${new URL(subject.baseUrl).pathname.replace(/\/$/, "")}${pathOf(subject, "qrCpmPayment")}`;
  const headersAt = (timestamp: string): Record<string, string> =>
    kind === "signature-auth"
      ? authHeaders(site.given, { timestamp })
      : serviceHeaders(site.given, { timestamp, path, token: "access-token" });
  const expectedAt = (timestamp: string) =>
    kind === "signature-auth"
      ? sign({ type: "token", clientKey, timestamp, privateKey: privateKeyIn(subject) })
      : sign({ type: "symmetric", method: "POST", path, accessToken: "access-token", body, timestamp, clientSecret });

  await session.begin();
  const timestamp = session.now();
  const positive = await site.call(kind, headersAt(timestamp), body);
  const { signature, finding } = signatureIn(positive);
  const wrong = found(
    "signature",
    "the signature is not the one over what was sent",
    "signature bukan signature atas data yang dikirim",
  );
  const findings = finding ? [finding] : signature === expectedAt(timestamp) ? [] : [wrong];

  await session.begin();
  const { [names.timestamp]: _, ...lacking } = headersAt(session.now());
  const negative = await site.call(kind, lacking, body);
  return [
    rowFor(about, POSITIVE, 'HTTP 200\n{"signature": "..."}', findings, positive),
    rowFor(
      about,
      NEGATIVE,
      `HTTP 400\nresponseCode ${REFUSED}\nresponseMessage ${REQUIRED}`,
      refusalFindings(negative),
      negative,
    ),
  ];
}

const REQUIRED = "The timestamp field is required.";

function refusalFindings({ response, failure = "" }: Exchange): Finding[] {
  const body = parsed(response?.body ?? "");
  if (response?.status === 400 && body.responseCode === REFUSED && body.responseMessage === REQUIRED) return [];
  const is = response ? `${response.status} ${excerptOf(response.body)}` : failure;
  return [
    found(
      "code",
      `without ${names.timestamp} it must answer 400 ${REFUSED} ${REQUIRED}, but answered ${is}`,
      `tanpa ${names.timestamp} harus menjawab 400 ${REFUSED} ${REQUIRED}, tetapi menjawab ${is}`,
    ),
  ];
}

function rowFor(
  about: Pick<Row, "group" | "notes">,
  name: Words,
  expected: string,
  findings: readonly Finding[],
  sent: Exchange,
): Row {
  const outcome = findings.length > 0 ? "failed" : "passed";
  return { ...about, scenario: { number: "", name }, expected, outcome, findings, exchanges: [sent], shown: sent };
}

function pathOf({ contract, paths = {} }: Subject, operation: OperationId): string {
  const { path, serviceCode } = operationIn(contract, operation);
  return paths[serviceCode] ?? path;
}

function privateKeyIn({ token }: Subject) {
  if (token && "privateKey" in token) return token.privateKey;
  throw new RangeError("the run file was looked at before");
}
