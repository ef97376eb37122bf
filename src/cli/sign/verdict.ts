// What `--check` says of a signature.
import { type Diagnosis, diagnose, MOST_MILLISECONDS, type Patience } from "../../doctor/doctor.ts";
import { type VerifyInput, verifiedSignature } from "../../snap/signature.ts";
import { fitted, printable, type Terminal, toned } from "../terminal.ts";
import { inputOf, type Material, type SignValues } from "./material.ts";
import { type Steps, stepsInWords } from "./steps.ts";

/** What `--check` says, as JSON. */
export interface Verdict {
  right: boolean;
  /** How the signature is written, where it is right. */
  encoding?: string;
  diagnosis?: Diagnosis;
  steps: Steps;
}

/** Judges a signature; a terminal is shown how far that is, if it takes long. */
export async function verdictOf(
  signature: string,
  material: Material,
  steps: Steps,
  values: SignValues,
  terminal: Terminal,
): Promise<Verdict> {
  if (!verifies(signature, material)) {
    const check = { ...material, signature, baseUrl: values["base-url"] };
    const diagnosis = await diagnose(check, progressOn(terminal));
    terminal.progress?.("");
    return { right: false, diagnosis: material.url === undefined ? diagnosis : withoutUrl(diagnosis), steps };
  }
  const encoding = encodingOf(signature);
  const asked = values.encoding === undefined || encoding.toLowerCase() === values.encoding;
  if (asked) return { right: true, encoding, steps };
  const mistake = {
    name: "signature-encoding",
    found: `the signature is the right one, but written in ${encoding}`,
    fix: `write its bytes in ${values.encoding === "hex" ? "hex" : "Base64 with + and /"}`,
  };
  return {
    right: false,
    encoding,
    diagnosis: { explanations: [[mistake]], remarks: [], tried: 1, complete: true },
    steps,
  };
}

/** Where a profile signs the whole URL, that it was signed is not a mistake. */
function withoutUrl(diagnosis: Diagnosis): Diagnosis {
  const explanations = diagnosis.explanations.map((mistakes) => mistakes.filter(({ name }) => name !== "absolute-url"));
  return { ...diagnosis, explanations: explanations.filter(({ length }) => length > 0) };
}

/** After how many milliseconds a search says that it goes on, and how often. */
const PROGRESS_AFTER = 1500;
const PROGRESS_EVERY = 250;

/** Says once in a while how many combinations were tried. */
function progressOn({ progress }: Terminal): Patience {
  if (!progress) return {};
  let next = performance.now() + PROGRESS_AFTER;
  const onProgress = (tried: number, spent: number) => {
    const now = performance.now();
    if (now < next) return;
    next = now + PROGRESS_EVERY;
    const seconds = Math.round(spent / 1000);
    progress(`snap-bi: ${tried} combinations tried, in ${seconds} s of at most ${MOST_MILLISECONDS / 1000} s`);
  };
  return { onProgress };
}

function verifies(signature: string, material: Material): boolean {
  const input = inputOf(material);
  const { clientSecret = "", publicKey, url } = material;
  const proven = (signed: VerifyInput) => verifiedSignature(signed, { url }) !== undefined;
  if (input.type === "symmetric") return proven({ ...input, clientSecret, signature });
  return publicKey !== undefined && proven({ ...input, publicKey, signature });
}

/** How a signature that verifies is written. */
function encodingOf(signature: string): "Base64" | "Base64 without padding" | "Base64 with the URL's alphabet" | "hex" {
  if (/^[\da-f]+$/i.test(signature)) return "hex";
  const usual = Buffer.from(signature, "base64").toString("base64");
  if (usual === signature) return "Base64";
  return usual.replace(/=+$/, "") === signature ? "Base64 without padding" : "Base64 with the URL's alphabet";
}

/** A verdict as lines. */
export function verdictInWords(
  { right, encoding, diagnosis, steps }: Verdict,
  material: Material,
  values: SignValues,
  terminal: Terminal,
): string[] {
  const say = (text: string, indent = 0) => fitted(text, terminal, indent);
  if (right) {
    const limits = encoding === "Base64" ? "" : "; a receiver may take Base64 with its padding only";
    return [say(`${toned(terminal, "good", "right")}: it is the signature over this request, in ${encoding}${limits}`)];
  }
  const { explanations = [], remarks = [], tried = 0, complete = true } = diagnosis ?? {};
  const wrong = toned(terminal, "bad", "wrong");
  const explained = explanations.flatMap((mistakes, at) => [
    at ? "or:" : `${wrong}. Exactly this signature comes out when:`,
    ...mistakes.flatMap(({ found, fix, askedBy }) => [
      `- ${say(printable(found), 2)}`,
      `  ${say(`Fix: ${printable(fix)}.`, 2)}`,
      ...(askedBy === undefined ? [] : [`  ${say(`But ${printable(askedBy)}.`, 2)}`]),
    ]),
  ]);
  const all = complete ? "" : ", not all that there are";
  const unexplained = [
    say(`${wrong}: no known mistake explains it (${tried} combinations tried${all}).`),
    ...[...remarks, ...comparisons(material, values)].map((line) => say(line)),
  ];
  const from = ["", "What it must be made from:", ...stepsInWords(steps, terminal)];
  return [...(explained.length ? explained : unexplained), ...from];
}

/** What to compare with the other side when nothing explains it. */
function comparisons({ type, body, accessToken, clientKey }: Material, values: SignValues): string[] {
  const parts = [
    ...(type === "token"
      ? [`the client key (${clientKey?.length} characters)`]
      : ["method", "path with its query", `body (${body.length} bytes, white space included)`]),
    ...(type === "symmetric" ? [`access token (${accessToken?.length} characters)`] : []),
    "timestamp",
    type === "symmetric" ? "client secret" : "key pair",
  ];
  const options = [
    ...(values["base-url"] === undefined && type !== "token"
      ? ["--base-url, to try signed URLs of other receivers than the mock"]
      : []),
    ...(values["client-key"] === undefined ? ["--client-key, to try the string to sign of a request for a token"] : []),
  ];
  return [
    `Compare with the other side: ${parts.join(", ")}; then the string to sign below, with theirs, character by character.`,
    ...(options.length ? [`Give ${options.join("; and ")}.`] : []),
  ];
}
