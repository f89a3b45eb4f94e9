import type { WidgetLocale } from '../../../src/text/launcher-names.ts';
import { fill } from '../../../src/text/phrase.ts';
import { escapeHtml, mailHead } from './html.ts';
import { MAIL_WORDS } from './mail-words.ts';
import type { Mail } from './mailer.ts';

/** What a mail with a code says. */
export interface CodeMail {
  readonly code: string;
  readonly teamName: string;
  /** How long the code is good. */
  readonly minutes: number;
  /** Of whoever asked for it. */
  readonly locale: WidgetLocale;
}

/**
 * The mail that proves a typed e-mail. Nothing in it but its language comes from the visitor, who may be anybody: it could not
 * be used to tell a stranger something.
 */
export function codeMail(to: string, { code, teamName, minutes, locale }: CodeMail): Mail {
  const words = MAIL_WORDS[locale];
  const team = teamName.replace(/\s+/g, ' ').trim() || 'Chat';
  const unit = new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay: 'long' });
  const lead = fill(words.codeLead, { team });
  const term = fill(words.codeTerm, { minutes: unit.format(minutes) });
  const stranger = words.codeStranger;
  const subject = fill(words.codeSubject, { code, team });
  return {
    to,
    subject,
    text: `${lead}\n\n    ${code}\n\n${term}\n\n${stranger}\n`,
    html: [
      mailHead(locale, team),
      '<body style="margin:0;padding:32px 24px;background:#fff;color:#1c2024;' +
        "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif\">",
      '<div style="max-width:30em;margin:0 auto">',
      `<p style="margin:0 0 24px">${escapeHtml(lead)}</p>`,
      '<p style="margin:0 0 24px;font-size:32px;line-height:1.25;font-weight:600;letter-spacing:.12em;' +
        `font-variant-numeric:tabular-nums">${escapeHtml(code)}</p>`,
      `<p style="margin:0 0 24px">${escapeHtml(term)}</p>`,
      `<p style="margin:0;color:#60646c">${escapeHtml(stranger)}</p>`,
      '</div></body></html>',
      '',
    ].join('\n'),
  };
}
