-- The open cases of SSBTX in PostgreSQL, version 1. Needs PostgreSQL 14 or later.
--
-- A host applies this file when the schema is missing and its role may create one. It is better applied by another role that owns the schema, so that
-- the host has no other rights than these:
--
--   ssbtx cases-schema | psql --dbname ssbtx
--   GRANT USAGE ON SCHEMA ssbtx_cases TO ssbtx_host;
--   GRANT SELECT ON ssbtx_cases.version TO ssbtx_host;
--   GRANT SELECT, INSERT ON ssbtx_cases.key TO ssbtx_host;
--   GRANT SELECT, INSERT, UPDATE, DELETE ON ssbtx_cases.open_case TO ssbtx_host;
--   GRANT SELECT, INSERT, DELETE ON ssbtx_cases.person TO ssbtx_host;

BEGIN;

-- Two hosts that begin at the same time make it one after the other.
SELECT pg_advisory_xact_lock(hashtextextended('ssbtx_cases', 0));

CREATE SCHEMA IF NOT EXISTS ssbtx_cases;

CREATE TABLE IF NOT EXISTS ssbtx_cases.version (version integer PRIMARY KEY);

-- What tells the key of all names here from other keys. There is one row; whoever has other keys is refused.
CREATE TABLE IF NOT EXISTS ssbtx_cases.key (
    is_there boolean PRIMARY KEY DEFAULT true CHECK (is_there),
    id bytea NOT NULL CHECK (length(id) = 32)
);

-- Names are HMAC-SHA-256 under the hosts' key; `until` is in seconds since 1970. A row whose `until` has come counts for nothing.
CREATE TABLE IF NOT EXISTS ssbtx_cases.open_case (
    name bytea PRIMARY KEY CHECK (length(name) = 32),
    consumer bytea NOT NULL CHECK (length(consumer) = 32),
    until bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS open_case_by_consumer ON ssbtx_cases.open_case (consumer, until);
CREATE INDEX IF NOT EXISTS open_case_by_end ON ssbtx_cases.open_case (until);

-- `relation` is how the person stands to the case: 1 the subject, 2 an adult of the household, 3 a child of it.
CREATE TABLE IF NOT EXISTS ssbtx_cases.person (
    name bytea PRIMARY KEY CHECK (length(name) = 32),
    case_name bytea NOT NULL REFERENCES ssbtx_cases.open_case (name) ON DELETE CASCADE,
    relation integer NOT NULL
);
CREATE INDEX IF NOT EXISTS person_by_case ON ssbtx_cases.person (case_name);

INSERT INTO ssbtx_cases.version VALUES (1) ON CONFLICT DO NOTHING;

COMMIT;
