// What the page asks of its server: with the control key in a header, never in the address.

const KEY = "control-key";

/** The key, kept for this tab. */
export const key = {
  get: () => sessionStorage.getItem(KEY),
  set: (value: string) => sessionStorage.setItem(KEY, value),
  forget: () => sessionStorage.removeItem(KEY),
};

/** Sends a request, with the key if there is one. */
export function ask(path: string, body?: object): Promise<Response> {
  const known = key.get();
  return fetch(path, {
    method: body ? "POST" : "GET",
    headers: {
      ...(known !== null && { authorization: `Bearer ${known}` }),
      ...(body && { "content-type": "application/json" }),
    },
    ...(body && { body: JSON.stringify(body) }),
    cache: "no-store",
  });
}

/** What a problem says, or that there is none. */
export async function problemOf(response: Response): Promise<string | undefined> {
  if (response.ok) return undefined;
  const text = await response.text();
  try {
    return (JSON.parse(text) as { detail?: string }).detail ?? text;
  } catch {
    return text || `The server answered ${response.status}.`;
  }
}

/** Reads server-sent events: `EventSource` cannot send the key. Ends with the stream. */
export async function readEvents(response: Response, take: (data: string) => void): Promise<void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return;
    text += value;
    const events = text.split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) if (event.startsWith("data: ")) take(event.slice("data: ".length));
  }
}
