-- The audit log of SSBTX in PostgreSQL, version 1. Needs PostgreSQL 14 or later.
--
-- A host applies this file when the schema is missing and its role may create one. It is better applied by another role that owns the schema, so that
-- the host cannot take the triggers away:
--
--   ssbtx audit schema | psql --dbname ssbtx
--   GRANT USAGE ON SCHEMA ssbtx_audit TO ssbtx_host, ssbtx_auditor;
--   GRANT SELECT, INSERT ON ssbtx_audit.line, ssbtx_audit.checkpoint TO ssbtx_host;
--   GRANT SELECT ON ssbtx_audit.version TO ssbtx_host, ssbtx_auditor;
--   GRANT SELECT ON ssbtx_audit.line, ssbtx_audit.checkpoint TO ssbtx_auditor;
--   GRANT EXECUTE ON FUNCTION ssbtx_audit.remove_announced TO ssbtx_host;   -- with `retention-days`

BEGIN;

-- Two hosts that begin at the same time make it one after the other.
SELECT pg_advisory_xact_lock(hashtextextended('ssbtx_audit', 0));

CREATE SCHEMA IF NOT EXISTS ssbtx_audit;

CREATE TABLE IF NOT EXISTS ssbtx_audit.version (version integer PRIMARY KEY);

-- `line` is the log's line byte for byte, without its line feed: what the hash and the tree stand over. The columns after it are derived from it and are
-- what it is found by; verification compares them.
CREATE TABLE IF NOT EXISTS ssbtx_audit.line (
    log text NOT NULL,
    sequence bigint NOT NULL CHECK (sequence > 0),
    line bytea NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    at bigint,
    kind text,
    question text,
    front text,
    consumer text,
    organisation text,
    caseworker text,
    caseworker_folded text,
    case_id text,
    role text,
    open_case text,
    why text,
    unrecorded bigint,
    subject_key text,
    subject_hmac text,
    earlier_key text,
    earlier_hmac text,
    look_up text,
    parts text,
    PRIMARY KEY (log, sequence)
);

CREATE INDEX IF NOT EXISTS line_at ON ssbtx_audit.line (log, at);
CREATE INDEX IF NOT EXISTS line_question ON ssbtx_audit.line (log, question);
CREATE INDEX IF NOT EXISTS line_subject ON ssbtx_audit.line (log, subject_hmac);
CREATE INDEX IF NOT EXISTS line_earlier_subject ON ssbtx_audit.line (log, earlier_hmac) WHERE earlier_hmac IS NOT NULL;
CREATE INDEX IF NOT EXISTS line_caseworker ON ssbtx_audit.line (log, organisation, caseworker_folded);
CREATE INDEX IF NOT EXISTS line_look_up ON ssbtx_audit.line (log, look_up) WHERE look_up IS NOT NULL;
CREATE INDEX IF NOT EXISTS line_removed ON ssbtx_audit.line (log, sequence) WHERE kind = 'removed';

-- `note` is the signed checkpoint as it stands in a file; `edge` the tree's right edge at its size, 32 bytes for each full subtree.
CREATE TABLE IF NOT EXISTS ssbtx_audit.checkpoint (
    log text NOT NULL,
    size bigint NOT NULL CHECK (size > 0),
    note text NOT NULL,
    edge bytea NOT NULL,
    PRIMARY KEY (log, size)
);

CREATE OR REPLACE FUNCTION ssbtx_audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is only added to' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE OR REPLACE TRIGGER line_is_not_changed BEFORE UPDATE OR TRUNCATE ON ssbtx_audit.line
    FOR EACH STATEMENT EXECUTE FUNCTION ssbtx_audit.refuse_change();
CREATE OR REPLACE TRIGGER checkpoint_is_not_changed BEFORE UPDATE OR TRUNCATE ON ssbtx_audit.checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION ssbtx_audit.refuse_change();

-- Removes the lines that a log's newest line of kind `removed` tells of, in the owner's name: whoever may call this and not delete removes nothing that the
-- log does not tell of, and nothing younger than any `retention-days` lets become old (30, less one for clocks).
CREATE OR REPLACE FUNCTION ssbtx_audit.remove_announced(which text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    told jsonb;
    through bigint;
    youngest bigint := (extract(epoch FROM now() - interval '29 days') * 1000000)::bigint;
    removed bigint;
BEGIN
    SELECT convert_from(line, 'UTF8')::jsonb -> 'record' INTO told FROM ssbtx_audit.line
        WHERE log = which AND kind = 'removed' ORDER BY sequence DESC LIMIT 1;
    through := (told ->> 'through')::bigint;
    -- Its last line is there until all of them are gone.
    PERFORM FROM ssbtx_audit.line WHERE log = which AND sequence = through AND encode(hash, 'hex') = told ->> 'hash';
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    PERFORM FROM ssbtx_audit.line WHERE log = which AND sequence <= through AND (at IS NULL OR at >= youngest) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the audit log keeps what is younger than 29 days' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM ssbtx_audit.line WHERE log = which AND sequence <= through;
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END
$$;
REVOKE ALL ON FUNCTION ssbtx_audit.remove_announced FROM PUBLIC;

INSERT INTO ssbtx_audit.version VALUES (1) ON CONFLICT DO NOTHING;

COMMIT;
