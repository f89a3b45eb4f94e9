import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Agents ask which ids of the site's own a contact has. */
export const visitorIdsOfContact: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.createIndex('visitor_ids_contact').on('visitor_ids').column('contact_id').execute();
  },
};
