import { Value } from 'typebox/value';
import { isDocument, SettingsSchema, settingsValidator, understood } from './settings.ts';
import type { InboxSettings } from './settings.ts';
import { parseDuration } from './identity/duration.ts';
import { Refusal } from './refusal.ts';
import { labelFault } from './label-rules.ts';
import { faultOf } from './settings-rules.ts';
import { refusalOf } from './validation.ts';

type Document = Readonly<Record<string, unknown>>;

/** A setting that is allowed, but protects little or does not do what it seems to, and why. */
export interface SettingsWarning {
  /** JSON pointer into the inbox, e.g. `/settings/security/trustedDomains`. */
  readonly field: string;
  readonly message: string;
}

/** RFC 7396, JSON Merge Patch: objects field by field, null removes, everything else is replaced. */
function merge(target: Document, patch: Document): Document {
  const fields = new Map(Object.entries(target));
  for (const [name, value] of Object.entries(patch)) {
    const current = fields.get(name);
    if (value === null) fields.delete(name);
    else if (isDocument(value)) fields.set(name, merge(isDocument(current) ? current : {}, value));
    else fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

/**
 * Applies a patch to what is stored. Null puts a field back to its default.
 *
 * @returns the document to store (only what was ever set), and the whole one with defaults
 * @throws Refusal `bad_request` that names the first unknown or wrong field, as a pointer below `/settings`
 */
export function patchSettings(stored: Document, patch: Document): { stored: Document; settings: InboxSettings } {
  // What this server does not understand must not be blamed on the patch.
  const merged = merge(understood(stored), patch);
  const settings: unknown = Value.Default(SettingsSchema, structuredClone(merged));
  if (!settingsValidator.Check(settings)) throw refusalOf(settingsValidator.Errors(settings), '/settings');
  const { labels } = settings.words;
  // A label of a text that this server has no more is blamed on nobody but who saves labels.
  const fault = faultOf(settings) ?? (patch['words'] ? labelFault('/settings/words/labels', labels) : undefined);
  if (fault) throw new Refusal('bad_request', fault.message, { field: fault.field });
  return { stored: merged, settings };
}

/** What the operator should know about these settings. */
export function weaknesses(settings: InboxSettings): SettingsWarning[] {
  return [...risks(settings), ...contradictions(settings)];
}

/** What protects little. */
function risks({ security, identity }: InboxSettings): SettingsWarning[] {
  const field = '/settings/security/trustedDomains';
  const warnings: SettingsWarning[] = [];
  if (security.trustedDomains.length === 0) {
    warnings.push({ field, message: 'Any site may embed this inbox. Name the domains that may.' });
  }
  const plain = security.trustedDomains.find((domain) => /^http:\/\/(?!localhost\b|127\.)/i.test(domain));
  if (plain !== undefined) {
    warnings.push({ field, message: `What is typed on ${plain} can be read and changed on its way. Use https.` });
  }
  const shared = security.trustedDomains.find(isAnybodys);
  if (shared !== undefined) {
    warnings.push({ field, message: `Anybody can get a site of their own under ${shared}. Name yours.` });
  }
  const wide = security.blockedIps.find((range) => Number(range.split('/')[1] ?? 128) < 8);
  if (wide !== undefined) {
    warnings.push({ field: '/settings/security/blockedIps', message: `${wide} refuses a large part of the world.` });
  }
  if ((parseDuration(identity.sessionDuration) ?? 0) > LONG_MS) {
    const message = 'A session outlives the proof it was made with: whoever leaves your site stays signed in here.';
    warnings.push({ field: '/settings/identity/sessionDuration', message });
  }
  return warnings;
}

/** What does not do what it seems to. */
function contradictions({ hours, forms, home, appearance }: InboxSettings): SettingsWarning[] {
  const warnings: SettingsWarning[] = [];
  if (hours.enabled && Object.values(hours.weekly).every((day) => day.length === 0)) {
    const message = 'No day has hours: visitors are told that nobody is ever there.';
    warnings.push({ field: '/settings/hours/weekly', message });
  }
  if (!home.enabled && (home.notice !== '' || home.cards.length > 0)) {
    const message = 'The home screen is off: nobody sees its notice and its cards.';
    warnings.push({ field: '/settings/home/enabled', message });
  }
  if (appearance.logoUrl.startsWith('http://')) {
    const message = 'Without https, a page that has it may not show the picture.';
    warnings.push({ field: '/settings/appearance/logoUrl', message });
  }
  for (const form of ['preChat', 'offline'] as const) {
    const index = forms[form].findIndex(({ type, options = [] }) => type !== 'list' && options.length > 0);
    if (index < 0) continue;
    const message = 'Options are shown in a list only.';
    warnings.push({ field: `/settings/forms/${form}/${index}/options`, message });
  }
  return warnings;
}

/** Longer than this, a session made with a short-lived proof is worth a warning. */
const LONG_MS = 31 * 24 * 3_600_000;

/** Common suffixes below which strangers have sites (publicsuffix.org has them all). */
const SHARED_SUFFIXES =
  /^(github\.io|gitlab\.io|pages\.dev|workers\.dev|netlify\.app|vercel\.app|web\.app|herokuapp\.com|myshopify\.com|wordpress\.com|blogspot\.com|azurewebsites\.net|cloudfront\.net|amazonaws\.com|(co|com|org|net|ac|gov)\.[a-z]{2})$/;

/** A wildcard below which anybody can have a site. */
function isAnybodys(domain: string): boolean {
  const host = /^(?:https?:\/\/)?\*\.([^:]+)/i.exec(domain)?.[1]?.toLowerCase();
  return host !== undefined && host !== 'localhost' && (!host.includes('.') || SHARED_SUFFIXES.test(host));
}
