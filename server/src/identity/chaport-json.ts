/** How one language writes JSON. */
interface Dialect {
  /** Between two members or elements. */
  readonly comma: string;
  /** Between a name and its value. */
  readonly colon: string;
  /** What it escapes beyond what every language does. */
  readonly escaped?: RegExp;
  readonly number: (value: number) => string;
}

/** PHP since 7.1: exponents from 1e17 on and below 1e-4, written `1.0e+17` and `1.0e-5`. */
const phpFloat = (value: number) => decimal(value, -4, 17) ?? exponential(value, '.0', 1);

/** Python: exponents from 1e16 on and below 1e-4, written `1e+16` and `1e-05`. */
const pythonFloat = (value: number) => decimal(value, -4, 16) ?? exponential(value, '', 2);

/** Whole numbers were integers where they were signed. */
const orInteger = (float: Dialect['number']) => (value: number) =>
  Number.isInteger(value) && Math.abs(value) < 1e21 ? String(value) : float(value);

/** PHP escapes all beyond ASCII, and slashes; Python all beyond printable ASCII. */
const PHP_ESCAPED = /[/\u0080-\uffff]/g;
const PYTHON_ESCAPED = /[\u007f-\uffff]/g;

const DIALECTS: readonly Dialect[] = [
  // JavaScript; PHP with JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE
  { comma: ',', colon: ':', number: JSON.stringify },
  // PHP
  { comma: ',', colon: ':', escaped: PHP_ESCAPED, number: orInteger(phpFloat) },
  // PHP with JSON_PRESERVE_ZERO_FRACTION
  { comma: ',', colon: ':', escaped: PHP_ESCAPED, number: phpFloat },
  // Python
  { comma: ', ', colon: ': ', escaped: PYTHON_ESCAPED, number: orInteger(pythonFloat) },
  // Python, all numbers floats
  { comma: ', ', colon: ': ', escaped: PYTHON_ESCAPED, number: pythonFloat },
];

/**
 * The texts that a back end may have signed when the page got `value` from it: as JavaScript, PHP and Python write it,
 * members in the order received. Some sites can never be verified, because the page's own engine has already changed
 * what was signed: names that look like integers move to the front, and of 10.0 beside 10 nobody can tell any more
 * which was which.
 *
 * @param value parsed JSON, already limited in depth and size
 */
export function serialisations(value: unknown): readonly string[] {
  return [...new Set(DIALECTS.map((dialect) => write(value, dialect)))];
}

function write(value: unknown, dialect: Dialect): string {
  if (typeof value === 'string') return quote(value, dialect);
  if (typeof value === 'number') return dialect.number(value);
  if (Array.isArray(value)) return `[${value.map((element) => write(element, dialect)).join(dialect.comma)}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([name, member]) => quote(name, dialect) + dialect.colon + write(member, dialect),
    );
    return `{${members.join(dialect.comma)}}`;
  }
  return JSON.stringify(value);
}

function quote(text: string, { escaped }: Dialect): string {
  const json = JSON.stringify(text);
  if (!escaped) return json;
  return json.replace(escaped, (unit) =>
    unit === '/' ? '\\/' : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Without exponent, if the number's own lies between `from` and `below`. */
function decimal(value: number, from: number, below: number): string | undefined {
  const exponent = Number(value.toExponential().split('e')[1]);
  if (exponent < from || exponent >= below) return undefined;
  // JavaScript itself takes to exponents below 1e-6 and from 1e21 on, so within these bounds it writes none.
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** With exponent: `zero` follows a lone digit, and the exponent has at least so many `digits`. */
function exponential(value: number, zero: string, digits: number): string {
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa}${mantissa.includes('.') ? '' : zero}e${exponent[0]}${exponent.slice(1).padStart(digits, '0')}`;
}
