// Answers that are not SNAP's: about the server itself.

/** A problem details object (RFC 9457). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
}

/** Makes a problem. */
export function problem(status: number, title: string, detail: string): Problem {
  return { type: "about:blank", title, status, detail };
}

/** A problem as an answer. */
export function problemResponse(of: Problem, headers: Record<string, string> = {}): Response {
  const type = { "content-type": "application/problem+json" };
  return new Response(JSON.stringify(of), { status: of.status, headers: { ...type, ...headers } });
}
