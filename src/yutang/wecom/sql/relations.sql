-- PostgreSQL: follow relations by the batch.

-- name: lock
-- Whoever else is about to change one of these contacts waits: what tags she has is a question of all rows.
SELECT id, account_id, external, home, digest, tags, since, read_at, ended, ended_at, word_at
FROM wecom_followrelation
WHERE workspace_id = %(workspace)s AND corp_id = %(corp)s
    AND external = ANY(string_to_array(%(externals)s, E'\x1f'))
ORDER BY external, account_id
FOR UPDATE

-- name: add
INSERT INTO wecom_followrelation (
    workspace_id, corp_id, account_id, external, home, digest, tags, add_way, state, since, read_at, ended
)
SELECT %(workspace)s, %(corp)s, account, external, home, digest, tags, add_way, state, since,
    %(read_at)s, ''
FROM json_to_recordset(%(rows)s::json) AS told (
    account bigint, external text, home bigint, digest bigint, tags text[], add_way smallint, state text,
    since timestamptz
)
ORDER BY external, account
ON CONFLICT (corp_id, external, account_id) DO NOTHING

-- name: change
UPDATE wecom_followrelation f
SET home = told.home, digest = told.digest, tags = told.tags, add_way = told.add_way, state = told.state,
    since = told.since, read_at = %(read_at)s, ended = told.ended,
    ended_at = CASE WHEN told.ended = '' THEN NULL ELSE f.ended_at END
FROM json_to_recordset(%(rows)s::json) AS told (
    id bigint, home bigint, digest bigint, tags text[], add_way smallint, state text, since timestamptz,
    ended text
)
WHERE f.workspace_id = %(workspace)s AND f.id = told.id

-- name: touch
UPDATE wecom_followrelation SET read_at = %(read_at)s
WHERE workspace_id = %(workspace)s AND id = ANY(string_to_array(%(ids)s, E'\x1f')::bigint[])

-- name: end
UPDATE wecom_followrelation
SET ended = %(ended)s, ended_at = %(at)s, read_at = %(read_at)s
WHERE workspace_id = %(workspace)s AND id = ANY(string_to_array(%(ids)s, E'\x1f')::bigint[])

-- name: word
UPDATE wecom_followrelation SET word_at = greatest(word_at, %(at)s)
WHERE workspace_id = %(workspace)s AND corp_id = %(corp)s AND external = %(external)s
    AND account_id = %(account)s

-- name: followed
-- Whom a member has, as far as is known here; not one who was read of after the list was asked for.
SELECT external, read_at >= %(read_at)s AS is_newer
FROM wecom_followrelation
WHERE workspace_id = %(workspace)s AND account_id = %(account)s AND ended NOT IN ('staff', 'transfer')

-- name: counts
SELECT count(*) FILTER (WHERE ended = ''), count(*) FILTER (WHERE ended = 'customer'),
    count(DISTINCT external) FILTER (WHERE ended NOT IN ('staff', 'transfer'))
FROM wecom_followrelation
WHERE workspace_id = %(workspace)s AND corp_id = %(corp)s
