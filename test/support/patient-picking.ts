import type { DataSource } from 'typeorm';
import type { Answer, Browser } from './browser.js';

/** Whether it is the page on which staff choose a patient. */
export function isPicker(page: Answer): boolean {
  return page.status === 200 && page.text.includes('Choose a patient</h1>');
}

/** What stands in a page's heading of results. */
export function resultsOf(page: Answer): string | undefined {
  return /<h2 id="results"[^>]*>([^<]*)<\/h2>/.exec(page.text)?.[1];
}

/** The names that the page offers, in its order. */
export function offeredNames(page: Answer): string[] {
  return [...page.text.matchAll(/<span class="patient-name"><bdi class="name">([^<]*)<\/bdi>/g)].map(([, name = '']) => name);
}

/** Sends the search form. */
export function searchFor(browser: Browser, page: Answer, text: string): Promise<Answer> {
  return browser.open(`${addressOf(page)}?${new URLSearchParams({ search: text }).toString()}`);
}

/** Presses the button of a patient, whether the page has it or not. @param patient `pid`, or anything else */
export async function choose(browser: Browser, page: Answer, patient: string, more: Record<string, string> = {}): Promise<Answer> {
  const csrfToken = /name="csrf_token" value="([^"]+)"/.exec(page.text)?.[1];
  return browser.follow(await browser.post(addressOf(page), { csrf_token: csrfToken, patient, ...more }));
}

function addressOf(page: Answer): string {
  return page.url.replace(/\?.*$/s, '');
}

/** A line of the EHR's audit log. */
export interface AuditedPatient {
  readonly user: unknown;
  readonly patient: number | null;
  readonly success: number;
  readonly comment: string;
}

const seen = new WeakMap<DataSource, number>();

/** What the audit log of the EHR says about patients and consent, since the last call. */
export async function auditedPatients(database: DataSource): Promise<AuditedPatient[]> {
  const rows = await database.query<Array<Record<string, unknown>>>("SELECT * FROM log WHERE id > ? AND event = 'oauth2' ORDER BY id", [
    seen.get(database) ?? 0,
  ]);
  seen.set(database, Number(rows.at(-1)?.['id'] ?? seen.get(database) ?? 0));
  return rows
    .map((row) => ({
      user: row['user'],
      patient: row['patient_id'] === null ? null : Number(row['patient_id']),
      success: Number(row['success']),
      comment: Buffer.from(String(row['comments']), 'base64').toString('utf8'),
    }))
    .filter(({ comment }) => /^OAuth2 (patient|consent)/.test(comment));
}
