// Bodies and headers with the verdict that the published rows and the decided errata give them.
// Nothing here looks at the contract's schemas: the bases are its examples, the verdicts come from test/published/.
import type { Operation, Parameter } from "./contract.ts";
import { allRows, codes, headersOf, type Row } from "./published.ts";

/** One body or set of headers, and whether it is right. */
export interface Case {
  name: string;
  value: unknown;
  valid: boolean;
}
type Body = Record<string, unknown>;

/** Conditional fields that a 200 must carry; 61's originalReferenceNo hangs on the status and is treated by itself. */
const REQUIRED_IN_200 = [
  "60 referenceNo",
  "61 latestTransactionStatus",
  "62 originalReferenceNo",
  "62 cancelTime",
  "80 originalReferenceNo",
  "73 responseMessage",
];
const STATUSES = ["00", "01", "02", "03", "04", "05", "06", "07"];

const GOOD_TIMES = [
  "2020-12-23T07:50:11+07:00",
  "2020-02-29T23:59:59Z",
  "2000-02-29T23:59:59Z",
  "1999-01-31T00:00:00-12:30",
  "2026-04-30T00:00:00+07:00",
];
const BAD_TIMES = [
  "60",
  "20201223075011",
  "2020-12-23T07:50:11",
  "2020-12-23T07:50+07:00",
  "2020-12-23 07:50:11+07:00",
  "2020-12-23T07:50:11.5+07:00",
  "2020-12-23T07:50:11+0700",
  "2020-13-23T07:50:11+07:00",
  "2020-12-32T07:50:11+07:00",
  // days that their month does not have
  "2026-02-30T07:50:11+07:00",
  "2026-04-31T07:50:11+07:00",
  "2026-11-31T07:50:11+07:00",
  "2026-02-29T07:50:11+07:00",
  "1900-02-29T07:50:11+07:00",
  "2020-12-23T24:50:11+07:00",
  "2020-12-23T07:60:11+07:00",
  "2020-12-23T07:50:60+07:00",
  "2020-12-23T07:50:11+24:00",
  "2020-12-23T07:50:11+07:60",
  " 2020-12-23T07:50:11+07:00",
  "2020-12-23T07:50:11+07:00\n",
  "20-12-23T07:50:11+07:00",
  "x2020-12-23T07:50:11Z",
  "2020-12-23T07:50:11Zx",
];

/** Values that a row accepts and refuses where its field is there and the table binds. */
function valuesOf(row: Row, mandatory: boolean): { good: unknown[]; bad: unknown[] } {
  const never = [1, 1.5, true, null, {}, [], ["x"]];
  if (/^(Object|)$/.test(row.type) && row.name !== "responseCode") {
    const money = /mount$/i.test(row.name);
    const nullable = row.service === "80" && row.name === "additionalInfo";
    return {
      good: [
        money ? { value: "1.00", currency: "IDR", more: 1 } : { anything: [1, { a: null }] },
        ...(money ? [] : [{}]),
        ...(nullable ? [null] : []),
      ],
      bad: [
        "x",
        1,
        true,
        [],
        ...(money ? [{}, { value: "1.00" }, { currency: "IDR" }] : []),
        ...(nullable ? [] : [null]),
      ],
    };
  }
  if (row.length === "16,2") {
    return {
      good: ["0.00", "1.00", "9999999999999999.99"],
      bad: [
        "",
        "1",
        "1.0",
        "1.000",
        "10,000.00",
        "-1.00",
        "+1.00",
        ".00",
        " 1.00",
        "1.00\n",
        "99999999999999999.99",
        "١.٠٠",
        ...never,
      ],
    };
  }
  if (/currency/i.test(row.name))
    return { good: ["IDR", "USD"], bad: ["", "ID", "IDRX", "idr", "360", "ID1", "IDR\n", ...never] };
  if (row.name === "latestTransactionStatus")
    return { good: STATUSES, bad: ["", "08", "0", "000", "Success", ...never] };
  if (row.name === "serviceCode") return { good: ["54"], bad: ["", "55", "5", "054", ...never] };
  if (row.name === "grantType") return { good: ["client_credentials"], bad: ["", "authorization_code", ...never] };
  if (row.name === "tokenType") return { good: ["Bearer"], bad: ["", "bearer", ...never] };
  if (row.name === "expiresIn")
    return { good: ["0", "900", "9".repeat(9)], bad: ["", "9".repeat(10), "-1", "1.5", " 9", "9\n", ...never] };
  if (row.name === "transactionDate") return { good: ["", ...GOOD_TIMES], bad: [...BAD_TIMES, ...never] };
  if (/ISO.8601/.test(row.description)) return { good: GOOD_TIMES, bad: ["", ...BAD_TIMES, ...never] };
  const max = Number(row.length);
  const emptyAllowed = !mandatory && row.service !== "55";
  return {
    good: ["x", "x".repeat(max), "😀".repeat(max), " ", ...(emptyAllowed ? [""] : [])],
    bad: ["x".repeat(max + 1), ...(emptyAllowed ? [] : [""]), ...never],
  };
}

/** The base with a field set, or taken out where the value is undefined. */
function edit(base: Body, path: string, value: unknown): Body {
  const [head = "", ...rest] = path.split(".");
  const copy = { ...base };
  const next = rest.length > 0 ? edit((copy[head] ?? {}) as Body, rest.join("."), value) : value;
  if (next === undefined) delete copy[head];
  else copy[head] = next;
  return copy;
}

/** A body with what its table demands and nothing else. */
function mandatoryOnly(service: string, body: "request" | "200", base: Body): Body {
  const demanded = allRows.filter(
    (row) =>
      row.service === service &&
      row.body === (body === "request" ? "request" : "response") &&
      !row.parent &&
      row.presence !== "O",
  );
  return Object.fromEntries(demanded.map(({ name }) => [name, base[name]]));
}

const NOT_OBJECTS = [null, true, 1, "x", []];

/** Cases of a request body (`request`) or of a 200 body (`200`). */
export function tableCases(operation: Operation, body: "request" | "200"): Case[] {
  const { service } = operation;
  const base =
    body === "request"
      ? operation.requestBody.content["application/json"].examples.Published.value
      : (operation.responses["200"]?.content["application/json"].examples.Successful?.value ?? {});
  const cases: Case[] = [
    { name: "the example", value: base, valid: true },
    { name: "an unknown property", value: { ...base, somethingElse: 1 }, valid: true },
    { name: "the mandatory members alone", value: mandatoryOnly(service, body, base), valid: true },
    ...NOT_OBJECTS.map((value) => ({ name: `${JSON.stringify(value)} for a body`, value, valid: false })),
  ];
  for (const row of allRows.filter(
    (candidate) => candidate.service === service && candidate.body === (body === "request" ? "request" : "response"),
  )) {
    const name = { externalStoreID: "externalStoreId", Value: "value", Currency: "currency" }[row.name] ?? row.name;
    const path = row.parent ? `${row.parent}.${name}` : name;
    const add = (text: string, value: unknown, valid: boolean) => cases.push({ name: `${path} ${text}`, value, valid });
    if (row.name === "responseCode") {
      for (const good of [`200${service}00`]) add(good, edit(base, path, good), true);
      for (const bad of ["", "2000000", `202${service}00`, `200${service}0`, 2006000, null, [], {}])
        add(JSON.stringify(bad), edit(base, path, bad), false);
      add("left out", edit(base, path, undefined), false);
      continue;
    }
    const hanging = service === "61" && row.name === "originalReferenceNo" && body === "200";
    const mandatory =
      row.presence === "M" || hanging || (body === "200" && REQUIRED_IN_200.includes(`${service} ${row.name}`));
    add("left out", edit(base, path, undefined), !mandatory);
    const { good, bad } = valuesOf(row, mandatory);
    for (const value of good) add(`as ${JSON.stringify(value)?.slice(0, 40)}`, edit(base, path, value), true);
    for (const value of bad) add(`as ${JSON.stringify(value)?.slice(0, 40)}`, edit(base, path, value), false);
    if (hanging) {
      for (const status of STATUSES) {
        const other = edit(base, "latestTransactionStatus", status);
        add(`left out, status ${status}`, edit(other, path, undefined), status !== "00");
        add(`empty, status ${status}`, edit(other, path, ""), status !== "00");
      }
    }
    if (row.name === "externalStoreID") {
      for (const [value, valid] of [
        ["x".repeat(64), true],
        ["", true],
        ["x".repeat(65), false],
        [1, false],
        [null, false],
      ] as const) {
        cases.push({
          name: `externalStoreID as ${String(value).slice(0, 9)}`,
          value: { ...base, externalStoreID: value },
          valid,
        });
      }
    }
    if (row.name === "transAmount") {
      for (const value of ["1", "1.000", ""]) add(`value ${value}`, edit(base, "transAmount.value", value), false);
      for (const value of ["idr", "ID", "IDRX", ""])
        add(`currency ${value}`, edit(base, "transAmount.currency", value), false);
      for (const value of [1, null, {}]) {
        add(`value ${String(value)}`, edit(base, "transAmount.value", value), false);
        add(`currency ${String(value)}`, edit(base, "transAmount.currency", value), false);
      }
    }
  }
  return cases;
}

/** Cases of a 202 body: the 200's properties with their lengths, nothing mandatory but code and message. */
export function inProgressCases(operation: Operation): Case[] {
  const { service } = operation;
  const base = {
    ...operation.responses["200"]?.content["application/json"].examples.Successful?.value,
    responseCode: `202${service}00`,
  };
  const code = { responseCode: `202${service}00`, responseMessage: "Request In Progress" };
  const cases: Case[] = [
    { name: "code and message", value: code, valid: true },
    { name: "every property of the 200", value: base, valid: true },
    { name: "an unknown property", value: { ...code, somethingElse: 1 }, valid: true },
    { name: "no code", value: edit(code, "responseCode", undefined), valid: false },
    { name: "the code of a 200", value: edit(code, "responseCode", `200${service}00`), valid: false },
    { name: "a number for a code", value: edit(code, "responseCode", 1), valid: false },
    ...messageCases(code),
    ...NOT_OBJECTS.map((value) => ({ name: `${JSON.stringify(value)} for a body`, value, valid: false })),
  ];
  for (const row of allRows.filter((candidate) => candidate.service === service && candidate.body === "response")) {
    if (/^response/.test(row.name)) continue;
    const path = row.parent ? `${row.parent}.${row.name}` : row.name;
    const add = (value: unknown, valid: boolean) =>
      cases.push({ name: `${path} as ${JSON.stringify(value)?.slice(0, 40)}`, value: edit(base, path, value), valid });
    const time = row.name === "transactionDate" || /ISO.8601/.test(row.description);
    const { good, bad } = valuesOf(row, false);
    add(undefined, true);
    for (const value of good) add(value, true);
    for (const value of bad) {
      if (time && typeof value === "string") continue;
      // an amount's members are free to miss
      const partial =
        typeof value === "object" &&
        value !== null &&
        !Array.isArray(value) &&
        row.type !== "String" &&
        row.type !== "string";
      add(value, partial && !time);
    }
    if (time)
      for (const [value, valid] of [
        ["", true],
        ["60", true],
        ["x".repeat(Number(row.length)), true],
        ["x".repeat(Number(row.length) + 1), false],
      ] as const)
        add(value, valid);
    if (row.name === "transAmount") {
      for (const value of ["1", "", 1])
        cases.push({ name: `transAmount.value ${value}`, value: edit(base, "transAmount.value", value), valid: false });
      for (const value of ["idr", "", 1])
        cases.push({
          name: `transAmount.currency ${value}`,
          value: edit(base, "transAmount.currency", value),
          valid: false,
        });
    }
  }
  return cases;
}

/** Cases of an error body. */
export function errorCases({ service }: Operation, status: string): Case[] {
  const own = codes.filter((row) => row.status === status).map((row) => status + service + row.case);
  const base = { responseCode: own[0], responseMessage: "x" };
  return [
    ...own.map((code) => ({ name: code, value: { ...base, responseCode: code }, valid: true })),
    ...["", "2000000", `${status}${service}99`, `${status}0000`, null, 1, {}].map((code) => ({
      name: `code ${JSON.stringify(code)}`,
      value: { ...base, responseCode: code },
      valid: false,
    })),
    { name: "no code", value: { responseMessage: "x" }, valid: false },
    { name: "an unknown property", value: { ...base, referenceNo: 1 }, valid: true },
    ...messageCases(base),
    ...NOT_OBJECTS.map((value) => ({ name: `${JSON.stringify(value)} for a body`, value, valid: false })),
  ];
}

function messageCases(base: Body): Case[] {
  return [
    ...["x", "x".repeat(150)].map((value) => ({
      name: `message of ${value.length}`,
      value: { ...base, responseMessage: value },
      valid: true,
    })),
    ...["", "x".repeat(151), null, 1, {}, []].map((value) => ({
      name: `message ${JSON.stringify(value).slice(0, 9)}`,
      value: { ...base, responseMessage: value },
      valid: false,
    })),
    { name: "no message", value: edit(base, "responseMessage", undefined), valid: false },
  ];
}

/** Cases of a request's headers. A header is always text, so no case has another type. */
export function headerCases(service: string, parameters: Parameter[], published: Record<string, string>): Case[] {
  const names = parameters.map(({ name }) => name);
  const base = Object.fromEntries(Object.entries(published).filter(([name]) => names.includes(name)));
  const cases: Case[] = [{ name: "the published headers", value: base, valid: true }];
  for (const row of headersOf(service)) {
    const add = (text: string, value: string | undefined, valid: boolean) =>
      cases.push({ name: `${row.name} ${text}`, value: edit(base, row.name, value), valid });
    add("left out", undefined, row.presence === "O");
    if (row.name === "X-TIMESTAMP") {
      for (const value of GOOD_TIMES) add(value, value, true);
      for (const value of BAD_TIMES) add(value, value, false);
    } else {
      const max = Number(row.length || 5000);
      add("at its length", "x".repeat(max), true);
      if (row.length) add("beyond its length", "x".repeat(max + 1), false);
    }
    add("empty", "", row.presence === "O");
  }
  return cases;
}
