/**
 * What a page says on its tag beats what the inbox says; what neither says is the default. What holds for the visitor's
 * device beats, in each of both, what holds everywhere. This is the one place that says so. Loaded for tags that say
 * something.
 */
import type { WidgetSettings } from './api/protocol.ts';
import { isShownIn, type Countries } from './countries.ts';
import { deviceOf } from './device.ts';
import { WINDOW_COLORS } from './window-colors.ts';

/** Gives what the page says by the name of its property; undefined, null or empty: nothing. */
export type Said = (name: string) => unknown;

/** How a value is read; undefined: it is not understood. */
interface Kind {
  readonly expected: string;
  readonly read: (value: unknown) => unknown;
}

/** How the page's author hears of what is not understood. */
type Warn = (attribute: string, value: unknown, expected: string) => void;

const oneOf = (...words: readonly string[]): Kind => ({
  expected: words.join(', '),
  read: (value) => words.find((word) => word === value),
});

const SWITCH = new Map<unknown, boolean>([
  ['show', true],
  ['true', true],
  [true, true],
  ['hide', false],
  ['false', false],
  [false, false],
]);
const shown: Kind = { expected: 'show or hide', read: (value) => SWITCH.get(value) };
const text: Kind = { expected: 'a text', read: (value) => (typeof value === 'string' ? value : undefined) };
const pixels: Kind = {
  expected: 'pixels, 0 or more',
  read: (value) => {
    const number = typeof value === 'string' && value.trim() ? Number(value) : value;
    return Number.isFinite(number) && (number as number) >= 0 ? number : undefined;
  },
};
const color: Kind = {
  expected: 'a CSS colour',
  read: (value) => {
    const css = typeof value === 'string' ? (WINDOW_COLORS[value] ?? value) : '';
    return CSS.supports('color', css) ? css : undefined;
  },
};

/** Each property of the tag that says the same as a setting of the inbox, and which one. */
export const PAGE_SETTINGS: Readonly<
  Record<string, readonly [group: 'appearance' | 'messages' | 'behaviour', field: string, Kind]>
> = {
  color: ['appearance', 'color', color],
  windowColor: ['appearance', 'windowColor', color],
  logoUrl: ['appearance', 'logoUrl', text],
  teamName: ['appearance', 'teamName', text],
  position: ['appearance', 'position', oneOf('right', 'left')],
  offsetX: ['appearance', 'offsetX', pixels],
  offsetY: ['appearance', 'offsetY', pixels],
  launcher: ['appearance', 'launcher', oneOf('show', 'none', 'off')],
  closeButton: ['appearance', 'closeButton', oneOf('auto', 'show', 'hide')],
  poweredBy: ['appearance', 'poweredBy', shown],
  textStatuses: ['appearance', 'textStatuses', shown],
  greeting: ['messages', 'greeting', text],
  replyTime: ['messages', 'replyTime', text],
  welcomeOnline: ['messages', 'welcomeOnline', text],
  welcomeOffline: ['messages', 'welcomeOffline', text],
  emoji: ['behaviour', 'emoji', shown],
  attachments: ['behaviour', 'files', shown],
};

/** All properties of the tag that say something of looks. */
export const LOOK_NAMES: readonly string[] = [...Object.keys(PAGE_SETTINGS), 'home', 'devices', 'countries'];

type Document = Readonly<Record<string, object | undefined>>;

/** Of the settings that a widget goes by, what is known. */
export type KnownSettings = { readonly [G in keyof WidgetSettings]?: Partial<WidgetSettings[G]> } & {
  /** Where the visitor is, once that is known. */
  readonly country?: string;
};
type Row = Readonly<Record<string, unknown>>;

const isUnset = (value: unknown): boolean => value === undefined || value === null || value === '';

/** `offsetX` is written `offset-x`. */
export const attributeOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What the settings are on this page and this device. */
export function pageSettings<S extends KnownSettings>(settings: S, said: Said, warn: Warn = () => {}): S {
  const { appearance, behaviour } = settings;
  let result: Document = settings as object as Document;
  const add = (source: Said) => {
    for (const [name, [group, field, { read, expected }]] of Object.entries(PAGE_SETTINGS)) {
      const value = source(name);
      if (isUnset(value)) continue;
      const understood = read(value);
      if (understood === undefined) warn(attributeOf(name), value, expected);
      else result = { ...result, [group]: { ...result[group], [field]: understood } };
    }
    const home = shown.read(source('home'));
    // What stands there is the inbox's.
    if (home !== undefined)
      result = { ...result, home: home ? (result['home'] ?? { notice: '', cards: [] }) : undefined };
  };
  const addForDevice = (rows: readonly Row[] = []) => {
    const device = deviceOf(navigator);
    for (const row of rows)
      if (row['device'] === device || (row['device'] === 'mobile' && device !== 'desktop')) add((name) => row[name]);
  };

  addForDevice(appearance?.devices as readonly Row[] | undefined);
  add(said);
  addForDevice(rowsOf(said('devices'), warn));
  // The server takes no files where the inbox takes none, whatever a page says.
  if (behaviour && !behaviour.files) result = { ...result, behaviour: { ...result['behaviour'], files: false } };
  const countries = countriesOf(said('countries'), warn);
  // Whoever has not asked the inbox does not know where the visitor is.
  const isAsked = appearance !== undefined || !countries;
  const isShown = isAsked && isShownIn(countries ?? settings.countries ?? {}, settings.country);
  if (!isShown) result = { ...result, appearance: { ...result['appearance'], launcher: 'off' } };
  return result as object as S;
}

/** As style, what the page says of the launcher at rest: whether or not the inbox is known. */
export function pageStyle(said: Said): string {
  const { appearance } = pageSettings<KnownSettings>({}, said);
  const { color, offsetX, offsetY } = appearance ?? {};
  const rules = [
    color && `--chat-brand:${color}`,
    offsetX !== undefined && `--chat-offset-x:${offsetX}px`,
    offsetY !== undefined && `--chat-offset-y:${offsetY}px`,
  ];
  return `:host{${rules.filter(Boolean).join(';')}}`;
}

/** What the page says as JSON, or as what that stands for; what is no JSON stays as it is. */
function parsed(value: unknown): unknown {
  try {
    return typeof value === 'string' && value ? JSON.parse(value) : value;
  } catch {
    return value;
  }
}

/** Where the page wants a chat; undefined: it says nothing of that, or nothing that is understood. */
function countriesOf(value: unknown, warn: Warn): Countries | undefined {
  if (isUnset(value)) return undefined;
  const isCodes = (codes: unknown): boolean =>
    codes === undefined || (Array.isArray(codes) && codes.every((code) => /^[a-z]{2}$/i.test(String(code))));
  const said = Object(parsed(value)) as Countries;
  if ((said.exclude ?? said.include) && isCodes(said.exclude) && isCodes(said.include)) return said;
  warn('countries', value, '{ exclude: […] } or { include: […] } with codes such as "DE", or JSON of it');
  return undefined;
}

/** A list of objects, or the JSON of one. */
function rowsOf(value: unknown, warn: Warn): readonly Row[] {
  const rows = parsed(value);
  if (Array.isArray(rows) && rows.every((row) => typeof row === 'object' && row !== null)) return rows as Row[];
  if (!isUnset(value)) warn('devices', value, 'a list of { device, … }, or JSON of one');
  return [];
}
