// What a run keeps from step to step: the token, what is paid, what was sent, and what must not be shown.

import { RequestInProgress, Successful } from "../../generated/cases.ts";
import { headers as names, type OperationId } from "../../generated/operations.ts";
import type { Case } from "../../generated/response-codes.ts";
import { requests, type Scenario, type Step } from "../../generated/scenarios.ts";
import { parseAnswer } from "../client/read-answer.ts";
import { operationIn } from "../contract/contract.ts";
import { snapTimestamp } from "../snap/time.ts";
import { excerptOf } from "../util/foreign-text.ts";
import { isObject } from "../util/json-text.ts";

import { type Fields, fieldAt, filled, type Lookup } from "./fill.ts";
import { type Finding, found } from "./finding.ts";
import { codeOf, type Judge, type Judgement, judge } from "./judge.ts";
import {
  broken,
  brokenField,
  type Draft,
  draftOf,
  forcedBy,
  NotTested,
  needsOf,
  PreparationFailed,
  paymentForcedBy,
} from "./requests.ts";
import { groupOf } from "./sheet.ts";
import { type Forced, type KnownPayment, offers, type Subject } from "./subject.ts";
import { createSender, type Exchange, type Outgoing, type SenderOptions, type Signer, type ToSign } from "./wire.ts";

/** A step that was done. */
export interface Done {
  readonly exchange: Exchange;
  readonly judgement: Judgement;
}

/** A run against one subject. */
export interface Session {
  readonly subject: Subject;
  /** What went over the wire since the scenario began. */
  readonly exchanges: readonly Exchange[];
  /** Begins a scenario, in a second of its own. */
  begin(): Promise<void>;
  /**
   * Does a step; undefined for one that is left out.
   * @throws NotTested when it cannot be done
   */
  step(scenario: Scenario, step: Step): Promise<Done | undefined>;
  /** What went wrong before the scenario's own request. */
  failureIn(error: unknown): Finding[];
  /** X-TIMESTAMP of the latest request. */
  latest(): string | undefined;
  secrets(): readonly string[];
  /** The time, for what is not sent through here. */
  now(): string;
}

interface SessionOptions extends SenderOptions {
  newReference: () => string;
  nextSecond: () => Promise<void>;
  /** Who signs; we do by default. */
  signer?: Signer | undefined;
}

/** How long a payment may be paid with its QR code. */
const LATER_MS = 300_000;
/** A token is used for this share of the life that it was given. */
const SHARE = 0.8;
const USUAL_AMOUNT = "10000.00";

/** Begins a run. */
export function createSession(subject: Subject, options: SessionOptions): Session {
  return new Run(subject, options);
}

class Run implements Session {
  readonly subject: Subject;
  readonly #options: SessionOptions;
  readonly #sender: ReturnType<typeof createSender>;
  readonly #secrets: Set<string>;
  exchanges: Exchange[] = [];
  #payment: KnownPayment | undefined;
  /** What is notified where the run file names no payment. */
  #madeUp: KnownPayment | undefined;
  #first: { body: Fields; externalId: string } | undefined;
  #token: { value: string; until: number } | undefined;
  /** Why there is not a token; it is not asked for again. */
  #noToken: PreparationFailed | undefined;
  #qrCodesUsed = 0;
  /** What answers have named, by operation. */
  readonly #names = new Set<string>();

  constructor(subject: Subject, options: SessionOptions) {
    this.subject = subject;
    this.#options = options;
    this.#sender = createSender(subject, options, options.signer && ((asked) => this.#signedBy(asked)));
    this.#secrets = new Set(secretsOf(subject));
  }

  latest() {
    return this.#sender.latest();
  }

  secrets() {
    return [...this.#secrets];
  }

  now() {
    return this.#sender.now();
  }

  async begin() {
    this.exchanges = [];
    this.#payment = undefined;
    this.#first = undefined;
    this.#madeUp = { partnerReferenceNo: this.#options.newReference() };
    await this.#options.nextSecond();
  }

  async step(scenario: Scenario, step: Step): Promise<Done | undefined> {
    const group = groupOf(scenario);
    const operation = step.call ?? group.operation;
    if (step.ifOffered && !offers(this.subject, operation)) return undefined;
    const forced = forcedBy(this.subject, step.force);
    if (!step.same) this.#payment = undefined;
    const request = await this.#request(operation, step, forced);
    const externalId = step.break === "id" && this.#first ? this.#first.externalId : this.#options.newReference();
    const field = brokenField(group, step);
    const value = step.break === "malformed" ? group.malformed.value : undefined;
    const changed = field === undefined ? request : broken(request, field, value);
    // the same bytes in the same second have the same signature, which a receiver may refuse for its own sake
    if (step.break === "id" || step.break === "repeat") await this.#options.nextSecond();
    const token = await this.#tokenFor(operation);
    const exchange = await this.#send({
      operation,
      externalId,
      ...changed,
      token: token !== undefined && step.break === "token" ? `${token}x` : token,
      ...((step.break === "secret" || step.break === "body") && { signedWrongly: step.break }),
    });
    this.#first ??= { body: request.body, externalId };
    if (operation === "qrCpmPayment" && !step.break) this.#payment = paymentIn(exchange, request.body);
    const lookup = this.#lookup(step, request.body);
    const echoes = Object.entries(requests[operation].echoes).map(([path, name]) => [path, lookup(name.slice(1))]);
    const repeated = this.#repeatedIn(operation, exchange);
    const { findings, notes } = judge(
      exchange,
      {
        operation,
        rows: step.expect ?? [Successful],
        field,
        mistake: scenario.mistake,
        echoes: Object.fromEntries(echoes),
        state: step.state,
      },
      this.#judge(),
    );
    return { exchange, judgement: { findings: [...findings, ...repeated], notes } };
  }

  /** A name that an answer gives must not be that of something else. */
  #repeatedIn(operation: OperationId, exchange: Exchange): Finding[] {
    const { unique } = requests[operation];
    const name = unique === undefined ? undefined : answerIn(exchange)[unique];
    if (typeof name !== "string" || name === "") return [];
    const key = `${operation} ${name}`;
    if (!this.#names.has(key)) {
      this.#names.add(key);
      return [];
    }
    const shown = excerptOf(name, this.secrets());
    return [
      found(
        "reference",
        `${unique} must be new, but ${shown} is that of an earlier answer of this run`,
        `${unique} harus baru, tetapi ${shown} sudah dipakai di jawaban sebelumnya`,
      ),
    ];
  }

  failureIn(error: unknown): Finding[] {
    if (error instanceof PreparationFailed) return [error.finding];
    throw error;
  }

  /** The filled request of a step; what it is about is made first. */
  async #request(operation: OperationId, step: Step, forced: Forced | undefined) {
    if (step.break === "repeat" && this.#first) return { body: this.#first.body, headers: {} };
    const draft = draftOf(this.subject, operation, step, forced);
    const { payment } = needsOf(draft);
    if (payment && !this.#payment) this.#payment = await this.#known(step);
    return this.#fill(draft, step);
  }

  /** A payment for a step to be about. */
  async #known(step: Step): Promise<KnownPayment> {
    const { subject } = this;
    const forced = paymentForcedBy(subject, step);
    if (!offers(subject, "qrCpmPayment")) {
      if (subject.data.payment && !forced) return subject.data.payment;
      throw new NotTested(
        "it needs a payment: offer service 60 (services), or name one that was made (data.payment)",
        "memerlukan pembayaran: sediakan layanan 60 (services), atau sebutkan pembayaran yang sudah ada (data.payment)",
      );
    }
    const draft = draftOf(subject, "qrCpmPayment", {}, forced);
    const { body, headers } = await this.#fill(draft, {});
    const exchange = await this.#prepare(
      "qrCpmPayment",
      body,
      headers,
      step.payment?.expect ?? [Successful, RequestInProgress],
    );
    return paymentIn(exchange, body);
  }

  async #fill(draft: Draft, step: Step) {
    const qrContent = needsOf(draft).qrContent ? await this.#qrContent() : undefined;
    const lookup = this.#lookup(step, {});
    const body = filled(draft.body, (name) => (name === "qrContent" ? qrContent : lookup(name)));
    return { body, headers: draft.headers };
  }

  /** A QR code to pay with. */
  async #qrContent(): Promise<string> {
    const { data } = this.subject;
    if (typeof data.qrContent === "string") return data.qrContent;
    if (data.qrContent) {
      const next = data.qrContent[this.#qrCodesUsed];
      this.#qrCodesUsed += 1;
      if (next !== undefined) return next;
      throw new NotTested(
        `the run file has ${data.qrContent.length} QR codes, and all of them were used (data.qrContent)`,
        `run file memuat ${data.qrContent.length} kode QR dan semuanya sudah dipakai (data.qrContent)`,
      );
    }
    if (!offers(this.subject, "qrCpmGenerate"))
      throw new NotTested(
        "it needs a QR code: offer service 59 (services), or give some (data.qrContent)",
        "memerlukan kode QR: sediakan layanan 59 (services), atau berikan kode QR (data.qrContent)",
      );
    const { body, headers } = await this.#fill(draftOf(this.subject, "qrCpmGenerate", {}), {});
    const exchange = await this.#prepare("qrCpmGenerate", body, headers, [Successful]);
    const { qrContent } = answerIn(exchange);
    if (typeof qrContent === "string" && qrContent !== "") return qrContent;
    throw new PreparationFailed(
      found(
        "preparation",
        "before it, the answer of service 59 did not have a qrContent to pay with",
        "sebelumnya, jawaban layanan 59 tidak memuat qrContent untuk membayar",
      ),
    );
  }

  /** Sends what a scenario needs; only the code counts, for the rest has rows of its own. */
  async #prepare(
    operation: OperationId,
    body: Fields,
    headers: Draft["headers"],
    rows: readonly Case[],
  ): Promise<Exchange> {
    const token = await this.#tokenFor(operation);
    const outgoing = { operation, body, headers, token, externalId: this.#options.newReference() };
    const exchange = await this.#send(outgoing, true);
    this.#repeatedIn(operation, exchange);
    const { responseCode } = answerIn(exchange);
    const { contract } = this.subject;
    if (rows.some((row) => codeOf(contract, operation, row) === responseCode)) return exchange;
    const { findings } = judge(exchange, { operation, rows, echoes: {} }, this.#judge());
    const { serviceCode } = operationIn(contract, operation);
    const { en, id } = findings[0]?.words ?? { en: "", id: "" };
    throw new PreparationFailed(
      found(
        "preparation",
        `before it, service ${serviceCode} failed: ${en}`,
        `sebelumnya, layanan ${serviceCode} gagal: ${id}`,
      ),
    );
  }

  async #send(outgoing: Outgoing, preparation = false): Promise<Exchange> {
    const exchange = await this.#sender.send(outgoing, preparation);
    this.exchanges.push(exchange);
    const { accessToken } = answerIn(exchange);
    if (typeof accessToken === "string" && accessToken !== "") this.#secrets.add(accessToken);
    return exchange;
  }

  /** What another signs is on record too. */
  async #signedBy(asked: ToSign): Promise<string> {
    const { signer } = this.#options;
    const { exchange, signature, failure } = (await signer?.(asked)) ?? {};
    if (exchange) this.exchanges.push(exchange);
    if (signature !== undefined) return signature;
    throw new PreparationFailed(
      failure ?? found("preparation", "before it, nobody signed", "sebelumnya, tidak ada yang menandatangani"),
    );
  }

  /** The access token of a call; undefined where it takes none, or none is used. */
  async #tokenFor(operation: OperationId): Promise<string | undefined> {
    const { token, contract } = this.subject;
    if (!token || !operationIn(contract, operation).bearer) return undefined;
    if ("accessToken" in token) return token.accessToken;
    const now = this.#options.clock().getTime();
    if (this.#token && now < this.#token.until) return this.#token.value;
    if (this.#noToken) throw this.#noToken;
    try {
      const exchange = await this.#prepare(
        "accessTokenB2b",
        filled(requests.accessTokenB2b.body, () => undefined),
        {},
        [Successful],
      );
      const { accessToken, expiresIn } = answerIn(exchange);
      if (typeof accessToken !== "string" || !/^[\x21-\x7e]+$/.test(accessToken))
        throw new PreparationFailed(
          found(
            "preparation",
            "before it, the answer of service 73 did not have an accessToken that can be used",
            "sebelumnya, jawaban layanan 73 tidak memuat accessToken yang dapat dipakai",
          ),
        );
      const life = Number(expiresIn) > 0 ? Number(expiresIn) * 1000 : 0;
      this.#token = { value: accessToken, until: now + life * SHARE };
      return accessToken;
    } catch (error) {
      if (error instanceof PreparationFailed) this.#noToken = error;
      throw error;
    }
  }

  #judge(): Judge {
    const { contract, messages } = this.subject;
    return { contract, anyMessage: messages === "any", secrets: this.secrets() };
  }

  /** The values of names. */
  #lookup(step: Step, request: Fields): Lookup {
    const { data } = this.subject;
    const { newReference, clock } = this.#options;
    const notified = data[step.notified ?? "payment"];
    const amount = data.amount ?? USUAL_AMOUNT;
    const values: Record<string, () => unknown> = {
      new: newReference,
      now: () => snapTimestamp(clock()),
      later: () => snapTimestamp(new Date(clock().getTime() + LATER_MS)),
      merchantId: () => data.merchantId,
      amount: () => amount,
      debit: () => data.debit ?? missing("data.debit"),
    };
    return (name) => {
      const [of = "", ...path] = name.split(".");
      if (of === "request") return fieldAt(request, path.join("."));
      if (of === "payment") return fieldAt(this.#payment && { amount, ...this.#payment }, path.join("."));
      if (of === "notified") return fieldAt({ amount, ...(notified ?? this.#madeUp) }, path.join("."));
      return values[of]?.();
    };
  }
}

function missing(what: string): never {
  throw new NotTested(`the run file does not have ${what}`, `run file tidak memuat ${what}`);
}

/** The body of an answer; empty where it is not an object. */
function answerIn({ response }: Exchange): Record<string, unknown> {
  const answer = response && parseAnswer(response.body);
  return isObject(answer) ? answer : {};
}

/** What a payment goes by from now on. */
function paymentIn(exchange: Exchange, body: Fields): KnownPayment {
  const { referenceNo } = answerIn(exchange);
  return {
    partnerReferenceNo: String(body.partnerReferenceNo),
    referenceNo: typeof referenceNo === "string" ? referenceNo : undefined,
    externalId: exchange.request.headers[names.externalId],
    amount: fieldAt(body, "amount.value") as string | undefined,
  };
}

/** What the subject was given in secret. */
function secretsOf({ signature, token, headers }: Subject): string[] {
  const customer = headers[names.authorizationCustomer];
  return [
    ...(signature.type === "symmetric" ? [signature.clientSecret] : []),
    ...(token && "accessToken" in token ? [token.accessToken] : []),
    ...(customer === undefined ? [] : [customer.replace(/^Bearer +/i, "")]),
  ];
}
