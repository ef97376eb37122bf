// HTTP byte for byte: requests as they are written to a connection, and the answers that come back.
import { connect, type Socket } from "node:net";
import type { Wire } from "./receiver.ts";

export const CRLF = "\r\n";
/** How long an answer may take. */
const PATIENCE_MS = 10_000;

/** A request as it goes over the wire, each character one byte; no Host header if `host` is empty. */
export function rawOf(
  { method, path, headers, body }: Wire,
  { version = "1.1", host = "receiver.example" } = {},
): string {
  const bytes = typeof body === "string" ? Buffer.from(body) : Buffer.from(body);
  const all = { ...(host && { Host: host }), ...headers, "Content-Length": bytes.length };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/${version}`, ...lines, "", bytes.toString("latin1")].join(CRLF);
}

/** An answer as it came over the wire; the names of its headers in small letters. */
export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/**
 * Takes the first answer off what came back; undefined if it is not all there yet.
 * @param method that of the request: an answer to HEAD has no body
 * @param closed whether nothing more will come: an answer without a length ends with the connection
 */
export function takeAnswer(
  received: string,
  method: string,
  closed: boolean,
): { answer: RawAnswer; rest: string } | undefined {
  const end = received.indexOf(CRLF + CRLF);
  if (end < 0) return undefined;
  const [statusLine = "", ...lines] = received.slice(0, end).split(CRLF);
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
  const after = received.slice(end + 4);
  if (status === 100) return takeAnswer(after, method, closed);
  if (method === "HEAD") return { answer: { status, headers, text: "" }, rest: after };
  const length = headers["content-length"];
  if (length === undefined && !closed) return undefined;
  const size = length === undefined ? after.length : Number(length);
  if (after.length < size) return undefined;
  const text = Buffer.from(after.slice(0, size), "latin1").toString("utf8");
  return { answer: { status, headers, text }, rest: after.slice(size) };
}

/**
 * The answers in all that came back on a connection.
 * @param methods those of the requests, POST where one is left out
 */
export function answersIn(received: string, methods: string[] = []): RawAnswer[] {
  const answers: RawAnswer[] = [];
  for (let rest = received; rest !== ""; ) {
    const taken = takeAnswer(rest, methods[answers.length] ?? "POST", true);
    if (!taken) throw new Error(`not an answer: ${JSON.stringify(rest)}`);
    answers.push(taken.answer);
    rest = taken.rest;
  }
  return answers;
}

/**
 * Opens a connection, writes to it, and returns all that comes back until the server closes it, each byte a character.
 * @param pieces each a packet of its own
 * @param afterwards what the caller does then, such as to hang up
 */
export function exchange(
  port: number,
  pieces: string | readonly string[],
  afterwards = (_: Socket) => {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = connect(port, "127.0.0.1", async () => {
      for (const piece of [pieces].flat()) {
        socket.write(piece, "latin1");
        // one a turn is enough to have each read on its own
        if (pieces !== piece) await new Promise((next) => setTimeout(next, piece.length > 1 ? 10 : 1));
      }
      afterwards(socket);
    });
    const late = setTimeout(() => {
      reject(new Error(`no end after ${JSON.stringify(received)}`));
      socket.destroy();
    }, PATIENCE_MS);
    socket.setNoDelay().on("data", (chunk) => {
      received += chunk.toString("latin1");
    });
    // what came before it counts
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(late);
      resolve(received);
    });
  });
}

/** What is written on one connection, in which pieces, and what the caller does then: it waits, closes its half, or is gone. */
export interface Exchange {
  sent: { method: string }[];
  pieces: Buffer[];
  afterwards: "waits" | "ends" | "goes";
  /** Whether another request may follow on the connection. */
  reusable: boolean;
}

/** A connection that is used for one exchange after another, until the server closes it. */
export class Connection {
  readonly #port: number;
  #socket: Socket | undefined;
  #received = "";
  #closed = true;
  #wake = () => {};
  constructor(port: number) {
    this.#port = port;
  }

  /** Writes, and reads as many answers as are due, or as come before the connection ends. */
  async run({ sent, pieces, afterwards, reusable }: Exchange): Promise<{ answers: RawAnswer[]; rest: string }> {
    const socket = this.#open();
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) await new Promise((resolve) => setImmediate(resolve));
      socket.write(piece);
    }
    if (afterwards === "goes") {
      // so that it has something to break off
      await new Promise((resolve) => setImmediate(resolve));
      this.close();
      return { answers: [], rest: "" };
    }
    if (afterwards === "ends") socket.end();
    const answers: RawAnswer[] = [];
    const late = setTimeout(() => socket.destroy(), PATIENCE_MS);
    for (;;) {
      const taken = takeAnswer(this.#received, sent[answers.length]?.method ?? "", this.#closed);
      if (taken) {
        answers.push(taken.answer);
        this.#received = taken.rest;
        if (afterwards === "waits" && answers.length === sent.length) break;
      } else if (this.#closed) break;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
    clearTimeout(late);
    const rest = this.#received;
    if (!reusable || afterwards === "ends" || answers.at(-1)?.headers.connection === "close") this.close();
    return { answers, rest };
  }

  close(): void {
    this.#socket?.destroy();
    this.#closed = true;
  }

  #open(): Socket {
    if (this.#socket && !this.#closed && this.#socket.writable) return this.#socket;
    this.close();
    const socket = connect(this.#port, "127.0.0.1").setNoDelay();
    this.#socket = socket;
    this.#received = "";
    this.#closed = false;
    const mine = () => this.#socket === socket;
    socket.on("data", (chunk) => {
      if (!mine()) return;
      this.#received += chunk.toString("latin1");
      this.#wake();
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      if (!mine()) return;
      this.#closed = true;
      this.#wake();
    });
    return socket;
  }
}
