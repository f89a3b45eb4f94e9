import { LIMITS } from '../../src/api/protocol.ts';
import type { TrailItem, TrailReport } from '../../src/api/protocol.ts';
import { pageUrl } from './message-text.ts';
import { Refusal } from './refusal.ts';

/**
 * What is stored of what a page reports.
 *
 * @param now ms since 1970
 * @param index of the report in its request
 * @throws Refusal `bad_request`, with its place
 */
export function readReport(report: TrailReport, now: number, index: number): TrailItem {
  const field = (name: string): string => `/items/${index}/${name}`;
  const text = (name: string, value: string): string => {
    if (value.includes('\0')) throw new Refusal('bad_request', `"${field(name)}" holds a NUL.`, { field: field(name) });
    return value.toWellFormed();
  };
  const address = (name: string, value: string): string => {
    const url = pageUrl(value);
    if (url === undefined) {
      const message = `"${field(name)}" must be an http or https address.`;
      throw new Refusal('bad_request', message, { field: field(name) });
    }
    return url;
  };
  const head = { id: report.id.toLowerCase(), at: now - report.ageMs };
  if (report.type === 'page') {
    const { type, url, title, referrer } = report;
    return {
      ...{ type, ...head, url: address('url', url) },
      ...(title && { title: text('title', title) }),
      ...(referrer && { referrer: address('referrer', referrer) }),
    };
  }
  const { type, name, data, url } = report;
  if (data && JSON.stringify(data).length > LIMITS.eventDataLength) {
    const message = `"${field('data')}" has room for ${LIMITS.eventDataLength} characters of JSON only.`;
    throw new Refusal('bad_request', message, { field: field('data') });
  }
  return {
    ...{ type, ...head, name: text('name', name) },
    ...(data && { data }),
    ...(url && { url: address('url', url) }),
  };
}
