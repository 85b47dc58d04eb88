import type { ColumnType } from 'kysely';

type Time = ColumnType<Date, Date | string, Date | string>;

export interface SessionTable {
  /** By which its person names it; it opens nothing. */
  id: string;
  /** SHA-256 of the secret that the browser holds, as base64url. */
  hash: string;
  /** Of the secret before it, for requests that were under way when it was replaced. */
  previous_hash: string | null;
  /** Ref of a `User` entity. */
  person: string;
  /** Id of the identity provider. */
  provider: string;
  /** What the provider wants to see when its own session is to end as well. */
  id_token: string | null;
  address: string;
  agent: string | null;
  created_at: Time;
  rotated_at: Time;
  seen_at: Time;
}

/** A sign-in that was begun and is not finished. */
export interface SignInAttemptTable {
  state_hash: string;
  browser_hash: string;
  provider: string;
  to_path: string;
  started_at: Time;
}

/** Which name a person got whom no source describes: one person each, whatever the provider calls them. */
export interface SignInNameTable {
  ref: string;
  provider: string;
  subject: string;
}

export interface SessionTables {
  session: SessionTable;
  sign_in_attempt: SignInAttemptTable;
  sign_in_name: SignInNameTable;
}
