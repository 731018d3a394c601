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
SELECT %(workspace)s, %(corp)s, account::bigint, external, home::bigint, digest::bigint,
    coalesce(string_to_array(tags, E'\x1e'), '{}'), add_way::smallint, coalesce(state, ''),
    to_timestamp(since::float8), %(read_at)s, ''
FROM unnest(
    string_to_array(%(account)s, E'\x1f'), string_to_array(%(external)s, E'\x1f'),
    string_to_array(%(home)s, E'\x1f'), string_to_array(%(digest)s, E'\x1f'),
    string_to_array(%(tags)s, E'\x1f'), string_to_array(%(add_way)s, E'\x1f'),
    string_to_array(%(state)s, E'\x1f'), string_to_array(%(since)s, E'\x1f')
) AS told (account, external, home, digest, tags, add_way, state, since)
ORDER BY external COLLATE "C", account::bigint
ON CONFLICT (corp_id, external, account_id) DO NOTHING

-- name: change
UPDATE wecom_followrelation f
SET home = told.home::bigint, digest = told.digest::bigint,
    tags = coalesce(string_to_array(told.tags, E'\x1e'), '{}'), add_way = told.add_way::smallint,
    state = coalesce(told.state, ''), since = to_timestamp(told.since::float8), read_at = %(read_at)s,
    ended = coalesce(told.ended, ''),
    ended_at = CASE WHEN coalesce(told.ended, '') = '' THEN NULL ELSE f.ended_at END
FROM unnest(
    string_to_array(%(id)s, E'\x1f'), string_to_array(%(home)s, E'\x1f'),
    string_to_array(%(digest)s, E'\x1f'), string_to_array(%(tags)s, E'\x1f'),
    string_to_array(%(add_way)s, E'\x1f'), string_to_array(%(state)s, E'\x1f'),
    string_to_array(%(since)s, E'\x1f'), string_to_array(%(ended)s, E'\x1f')
) AS told (id, home, digest, tags, add_way, state, since, ended)
WHERE f.workspace_id = %(workspace)s AND f.id = told.id::bigint

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
