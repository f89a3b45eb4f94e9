import type { WidgetLocale } from '../../../src/text/launcher-names.ts';
import { fill } from '../../../src/text/phrase.ts';
import { escapeHtml, mailHead } from './html.ts';
import { MAIL_WORDS } from './mail-words.ts';
import type { Mail } from './mailer.ts';

/**
 * A conversation, mailed to whoever it was with. Only ever to an address that is proven.
 *
 * @param transcript see `transcript`
 */
export function transcriptMail(
  to: string,
  {
    transcript,
    teamName,
    locale,
  }: { readonly transcript: string; readonly teamName: string; readonly locale: WidgetLocale },
): Mail {
  const team = teamName.replace(/\s+/g, ' ').trim() || 'Chat';
  const lead = fill(MAIL_WORDS[locale].transcriptLead, { team });
  const subject = fill(MAIL_WORDS[locale].transcriptSubject, { team });
  return {
    to,
    subject,
    text: `${lead}\n\n${transcript}`,
    html: [
      mailHead(locale, subject),
      '<body style="margin:0;padding:32px 24px;background:#fff;color:#1c2024;' +
        "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif\">",
      '<div style="max-width:40em;margin:0 auto">',
      `<p style="margin:0 0 24px">${escapeHtml(lead)}</p>`,
      `<div dir="auto" style="white-space:pre-wrap;overflow-wrap:anywhere">${escapeHtml(transcript)}</div>`,
      '</div></body></html>',
      '',
    ].join('\n'),
  };
}
