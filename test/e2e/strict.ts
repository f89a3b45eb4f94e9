/** The strictest content security policy under which the chat promises to work. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
  'report-uri /csp-report',
].join('; ');

/** A page that has it; what violates it is told in the site's `violations`. */
export const strict = (html: string) => ({ html, headers: { 'content-security-policy': POLICY } });
