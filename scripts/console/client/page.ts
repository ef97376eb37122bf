// The console in a browser: follows the stream, shows what comes, and sends what the buttons say.
import { make } from "./elements.ts";
import { deliveryEntry, paymentEntry, requestEntry } from "./lists.ts";
import { ask, key, problemOf, readEvents } from "./server.ts";
import type { Fixed, State, Update } from "./shapes.ts";

const find = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;
const say = (text: string) => find("said").replaceChildren(text);

let fixed: Fixed = { statusNames: {}, forceable: [] };
/** What each entry was made of, so that one that did not change stays as the reader left it. */
const madeOf = new WeakMap<Element, string>();

/** Shows entries in a list, in their order; those that are there and did not change stay. */
function showIn<Item>(
  list: HTMLElement,
  items: readonly [id: string, item: Item][],
  makeEntry: (item: Item) => HTMLDetailsElement,
) {
  const wanted = find<HTMLInputElement>("find").value.trim().toLowerCase();
  const old = new Map([...list.children].map((child) => [child.id, child as HTMLDetailsElement]));
  const entries = items.flatMap(([id, item]) => {
    const text = JSON.stringify(item);
    if (!text.toLowerCase().includes(wanted)) return [];
    const known = old.get(id);
    if (known && madeOf.get(known) === text) return known;
    const made = makeEntry(item);
    made.open = known?.open ?? false;
    madeOf.set(made, text);
    if (known?.contains(document.activeElement)) queueMicrotask(() => made.querySelector("summary")?.focus());
    return made;
  });
  for (const child of [...list.children]) if (!entries.includes(child as HTMLDetailsElement)) child.remove();
  // what is in its place is not moved, for that would take the focus from it
  entries.forEach((entry, at) => {
    if (list.children[at] !== entry) list.insertBefore(entry, list.children[at] ?? null);
  });
  find(`no-${list.id}`).hidden = items.length > 0;
}

/** What was told last. */
let latest: State | undefined;
const requests = new Map<number, Update["requests"][number]>();

function show(update: Update): void {
  document.documentElement.dataset.kind = update.kind;
  if (update.fixed) {
    fixed = update.fixed;
    showForceable();
  }
  for (const number of requests.keys()) if (number < update.first) requests.delete(number);
  for (const request of update.requests) requests.set(request.number, request);
  latest = update.state;
  showRequests();
  if (latest) {
    showState(latest);
    clock = { time: Date.parse(latest.time), at: Date.now(), stopped: latest.stopped };
    showClock();
  }
}

/** The newest first. */
function showRequests(): void {
  const all = [...requests.values()].sort((one, other) => other.number - one.number);
  find("request-count").textContent = String(all.length);
  showIn(
    find("requests"),
    all.map((each) => [`request-${each.number}`, each]),
    requestEntry,
  );
}

function showState(state: State): void {
  const { payments, deliveries, totals, forced } = state;
  showIn(
    find("payments"),
    payments.map((each) => [`payment-${each.referenceNo}`, each]),
    (each) => paymentEntry(each, fixed),
  );
  // a number of its own, that what is new does not shift
  const told = deliveries.map((each, at) => ({ each, number: totals.deliveries - at }));
  showIn(
    find("deliveries"),
    told.map((one) => [`delivery-${one.number}`, one]),
    ({ each, number }) => deliveryEntry(each, number, fixed),
  );
  find("payment-count").textContent = String(totals.payments);
  find("delivery-count").textContent = String(totals.deliveries);
  for (const name of ["captured", "refunded", "cancelled", "held"] as const) find(name).textContent = totals[name];
  find("forced").textContent = forced.length === 0 ? "" : `Next: ${forced.map(nameOfCode).join("; ")}`;
}

function nameOfCode(code: string): string {
  const group = fixed.forceable.find(({ service }) => service === code.slice(3, 5));
  return `${group?.operation ?? ""} ${code}`;
}

let clock = { time: 0, at: 0, stopped: true };

/** The sandbox's time, in Jakarta. */
function showClock(): void {
  const now = clock.time + (clock.stopped ? 0 : Date.now() - clock.at);
  find("now").textContent = `${new Date(now + 7 * 3_600_000).toISOString().slice(0, 19).replace("T", " ")} WIB`;
  find("stopped").textContent = clock.stopped ? "stopped" : "running";
  find("stopped").className = `badge ${clock.stopped ? "wait" : "good"}`;
  find<HTMLButtonElement>("stop").disabled = clock.stopped;
  find<HTMLButtonElement>("go-on").disabled = !clock.stopped;
}

function showForceable(): void {
  const services = find<HTMLSelectElement>("force-service");
  services.replaceChildren(
    ...fixed.forceable.map(({ service, operation }) => make("option", { value: service }, `${service} · ${operation}`)),
  );
  if (fixed.forceable.some(({ service }) => service === "60")) services.value = "60";
  showCodes();
}

function showCodes(): void {
  const { value } = find<HTMLSelectElement>("force-service");
  const codes = fixed.forceable.find(({ service }) => service === value)?.codes ?? [];
  find("force-code").replaceChildren(
    ...codes.map(({ code, message }) => make("option", { value: code }, `${code} ${message ?? ""}`)),
  );
  showEffect();
}

function showEffect(): void {
  const { value } = find<HTMLSelectElement>("force-code");
  const codes = fixed.forceable.flatMap((group) => group.codes);
  find("force-effect").textContent = codes.find(({ code }) => code === value)?.description ?? "";
}

/** Sends what a button says, and says what went wrong. */
async function send(path: string, body: object, done: string): Promise<void> {
  try {
    say((await problemOf(await ask(path, body))) ?? done);
  } catch {
    say("The server does not answer.");
  }
}

/** The server's time as SNAP writes it, to stop the clock at. */
const timeNow = () =>
  `${new Date(clock.time + Date.now() - clock.at + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;

function listen(): void {
  const on = (id: string, run: () => unknown) => find(id).addEventListener("click", run);
  on("stop", () => send("/sandbox/time", { time: timeNow() }, "The clock stands still."));
  on("go-on", () => send("/sandbox/time", { resume: true }, "The clock goes on."));
  onSubmit("advance", () => {
    const seconds = find<HTMLInputElement>("seconds").valueAsNumber;
    return send("/sandbox/time", { advance: seconds }, `The clock was moved by ${seconds} s, and stands still.`);
  });
  onSubmit("force", () => {
    const code = find<HTMLSelectElement>("force-code").value;
    return send("/sandbox/next", { code }, `The next call of its service comes out as ${code}.`);
  });
  find("force-service").addEventListener("change", showCodes);
  find("force-code").addEventListener("change", showEffect);
  on("reset", () => find<HTMLDialogElement>("sure").showModal());
  find<HTMLDialogElement>("sure").addEventListener("close", ({ target }) => {
    if ((target as HTMLDialogElement).returnValue === "yes") send("/sandbox", { reset: true }, "The books are empty.");
  });
  on("download", download);
  find("find").addEventListener("input", () => {
    showRequests();
    if (latest) showState(latest);
  });
  onSubmit("key-form", () => {
    key.set(find<HTMLInputElement>("key").value.trim());
    find<HTMLInputElement>("key").value = "";
    connect();
  });
  setInterval(showClock, 1000);
}

function onSubmit(id: string, run: () => unknown): void {
  find(id).addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
}

async function download(): Promise<void> {
  const response = await ask("/console/all");
  const problem = await problemOf(response);
  if (problem !== undefined) return say(problem);
  const address = URL.createObjectURL(await response.blob());
  const link = make("a", { href: address, download: `${document.documentElement.dataset.kind}.json` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

let isConnecting = false;

/** Follows the stream, and does so again when it ends, until the server asks for a key. */
async function connect(): Promise<void> {
  if (isConnecting) return;
  isConnecting = true;
  for (let wait = 500; ; wait = Math.min(wait * 2, 10_000)) {
    try {
      const response = await ask("/console/events");
      const problem = await problemOf(response);
      find("key-box").hidden = response.status !== 401;
      find("main").hidden = response.status === 401;
      if (problem !== undefined) {
        const isFirst = response.status === 401 && key.get() === null;
        say(isFirst ? "" : problem);
        if (response.status === 401) key.forget();
        break;
      }
      say("");
      requests.clear();
      setLive(true);
      wait = 500;
      await readEvents(response, (data) => show(JSON.parse(data) as Update));
    } catch {
      // the server is gone, or its stream broke off
    }
    setLive(false);
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  isConnecting = false;
  document.documentElement.classList.add("ready");
}

function setLive(isLive: boolean): void {
  find("live").textContent = isLive ? "live" : "not connected";
  find("live").className = `badge ${isLive ? "good" : "bad"}`;
  if (isLive) document.documentElement.classList.add("ready");
}

listen();
connect();
