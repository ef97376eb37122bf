// What the evidence says in its own words, in the languages of the sheet.

/** A language of the evidence. */
export type Language = "en" | "id";

/** The words of a language. */
export interface Labels {
  readonly titles: Readonly<Record<"functional" | "developer-site", string>>;
  readonly provider: string;
  readonly user: string;
  readonly service: string;
  readonly date: string;
  readonly target: string;
  readonly counts: string;
  /** The columns of the form, in its order. */
  readonly columns: readonly [
    no: string,
    service: string,
    scenario: string,
    expected: string,
    request: string,
    response: string,
    result: string,
    notes: string,
  ];
  readonly passed: string;
  readonly failed: string;
  readonly notTested: string;
  /** That an own scenario is not one of the form's. */
  readonly own: string;
  readonly noAnswer: string;
  readonly cut: (length: string, file: string) => string;
  readonly whole: (file: string) => string;
  readonly masked: string;
  readonly unmasked: string;
  readonly preparation: string;
  readonly summary: (passed: number, failed: number, notTested: number) => string;
}

/** The words, by language. */
export const LABELS: Readonly<Record<Language, Labels>> = {
  en: {
    titles: { functional: "Functional Test Scenarios and Results", "developer-site": "Developer Site Test" },
    provider: "Provider",
    user: "User",
    service: "API service",
    date: "Date",
    target: "Target",
    counts: "Result",
    columns: ["No", "Service", "Scenario", "Expected Result", "Request", "Response", "Result", "Notes"],
    passed: "PASS",
    failed: "NOT PASS",
    notTested: "not tested",
    own: "own scenario, not one of the form",
    noAnswer: "no answer",
    cut: (length, file) => `[cut: ${length} characters in all; the whole text is in ${file}]`,
    whole: (file) => `Every request and answer of this row: ${file}`,
    masked: "Access tokens and secrets are masked. Everything else is as it went over the wire.",
    unmasked: "Nothing is masked: access tokens are shown as they went over the wire.",
    preparation: "preparation",
    summary: (passed, failed, notTested) => `${passed} PASS, ${failed} NOT PASS, ${notTested} not tested`,
  },
  id: {
    titles: { functional: "Skenario dan Hasil Uji Fungsionalitas", "developer-site": "Hasil Uji Developer Site" },
    provider: "Penyedia",
    user: "Pengguna",
    service: "Layanan API",
    date: "Tanggal",
    target: "Alamat yang diuji",
    counts: "Hasil",
    columns: ["No", "Layanan", "Skenario", "Hasil yang Diharapkan", "Request", "Response", "Hasil", "Catatan"],
    passed: "PASS",
    failed: "NOT PASS",
    notTested: "tidak diuji",
    own: "skenario tambahan, bukan bagian formulir",
    noAnswer: "tidak ada jawaban",
    cut: (length, file) => `[dipotong: seluruhnya ${length} karakter; teks lengkap ada di ${file}]`,
    whole: (file) => `Semua request dan jawaban baris ini: ${file}`,
    masked: "Access token dan rahasia disamarkan. Selebihnya persis seperti yang dikirim dan diterima.",
    unmasked: "Tidak ada yang disamarkan: access token tampil apa adanya.",
    preparation: "persiapan",
    summary: (passed, failed, notTested) => `${passed} PASS, ${failed} NOT PASS, ${notTested} tidak diuji`,
  },
};
